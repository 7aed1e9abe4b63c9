# A door, not logic: each target installs what it needs and calls one script of Tools/.
SHELL := /bin/bash
.DEFAULT_GOAL := help

# Debian packages. Libraries and tools of the build, some of which only the toolchain asks for; then
# what the tests run against.
BUILD_PACKAGES := binutils g++ git libarchive-dev libcurl4-openssl-dev libncurses6 libqrencode-dev \
    libsodium-dev libsqlite3-dev
CHECK_PACKAGES := groff-base python3
TEST_PACKAGES := age fish gcc groff-base libarchive-tools minisign openssh-client openssl python3 \
    nano python3-aiosmtpd python3-venv strace tmux util-linux vim zbar-tools zlib1g-dev zsh
BENCH_PACKAGES := age gpg minisign pass python3 python3-venv time

PREFIX ?= /usr/local
DESTDIR ?=

.PHONY: help demo test check bench install kit release torture clean

help: ## what can be made
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /  make \1\t/' | expand -t 20

demo: release ## build the program and show what it does, in two minutes
	@.build/bin/amparo demo

test: ## every test, with real age, minisign and SMTP beside it
	@Tools/packages $(BUILD_PACKAGES) $(TEST_PACKAGES)
	@Tools/peers
	@Tools/test

check: ## format, rules of the house, documents, release build
	@Tools/packages $(BUILD_PACKAGES) $(CHECK_PACKAGES)
	@Tools/check

bench: release ## figures on this machine, beside age's
	@Tools/packages $(BENCH_PACKAGES)
	@Tools/bench

kit: ## the programs of the workshop kit in .build/kit, needing nothing of their machine
	@Tools/packages $(BUILD_PACKAGES)
	@Tools/kit

install: release ## into PREFIX (/usr/local), below DESTDIR if set
	@Tools/install "$(DESTDIR)" "$(PREFIX)"

release: ## the programs in .build/bin, reproducible
	@Tools/packages $(BUILD_PACKAGES)
	@Tools/release

torture: ## kills, outages and damage for as long as they take
	@Tools/packages $(BUILD_PACKAGES) $(TEST_PACKAGES) emacs-nox
	@Tools/peers
	@Tools/torture

clean: ## forget everything built
	@rm -rf .build
