#include "cplatform_conduit.h"
#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>

struct amparo_conduit {
    pthread_mutex_t mutex;
    pthread_cond_t moved;
    uint8_t *ring;
    size_t capacity, start, used;
    int has_ended, is_closed;
};

struct amparo_conduit *amparo_conduit_new(size_t capacity) {
    struct amparo_conduit *conduit = calloc(1, sizeof *conduit);
    if (conduit == NULL) return NULL;
    conduit->ring = malloc(capacity);
    if (conduit->ring == NULL) {
        free(conduit);
        return NULL;
    }
    conduit->capacity = capacity;
    pthread_mutex_init(&conduit->mutex, NULL);
    pthread_cond_init(&conduit->moved, NULL);
    return conduit;
}

void amparo_conduit_free(struct amparo_conduit *conduit) {
    if (conduit == NULL) return;
    explicit_bzero(conduit->ring, conduit->capacity);
    free(conduit->ring);
    pthread_cond_destroy(&conduit->moved);
    pthread_mutex_destroy(&conduit->mutex);
    free(conduit);
}

int amparo_conduit_write(struct amparo_conduit *conduit, const uint8_t *bytes, size_t count) {
    int result = 0;
    pthread_mutex_lock(&conduit->mutex);
    while (count > 0) {
        size_t end, piece;
        while (conduit->used == conduit->capacity && !conduit->is_closed)
            pthread_cond_wait(&conduit->moved, &conduit->mutex);
        if (conduit->is_closed) {
            result = -EPIPE;
            break;
        }
        end = (conduit->start + conduit->used) % conduit->capacity;
        piece = conduit->capacity - conduit->used;
        if (piece > conduit->capacity - end) piece = conduit->capacity - end;
        if (piece > count) piece = count;
        memcpy(conduit->ring + end, bytes, piece);
        conduit->used += piece;
        bytes += piece;
        count -= piece;
        pthread_cond_signal(&conduit->moved);
    }
    pthread_mutex_unlock(&conduit->mutex);
    return result;
}

ssize_t amparo_conduit_read(struct amparo_conduit *conduit, uint8_t *out, size_t capacity) {
    size_t count = 0;
    pthread_mutex_lock(&conduit->mutex);
    while (conduit->used == 0 && !conduit->has_ended) pthread_cond_wait(&conduit->moved, &conduit->mutex);
    while (conduit->used > 0 && count < capacity) {
        size_t piece = conduit->capacity - conduit->start;
        if (piece > conduit->used) piece = conduit->used;
        if (piece > capacity - count) piece = capacity - count;
        memcpy(out + count, conduit->ring + conduit->start, piece);
        conduit->start = (conduit->start + piece) % conduit->capacity;
        conduit->used -= piece;
        count += piece;
    }
    pthread_cond_signal(&conduit->moved);
    pthread_mutex_unlock(&conduit->mutex);
    return (ssize_t)count;
}

void amparo_conduit_end(struct amparo_conduit *conduit) {
    pthread_mutex_lock(&conduit->mutex);
    conduit->has_ended = 1;
    pthread_cond_broadcast(&conduit->moved);
    pthread_mutex_unlock(&conduit->mutex);
}

void amparo_conduit_close(struct amparo_conduit *conduit) {
    pthread_mutex_lock(&conduit->mutex);
    conduit->is_closed = 1;
    pthread_cond_broadcast(&conduit->moved);
    pthread_mutex_unlock(&conduit->mutex);
}

struct amparo_companion {
    pthread_t thread;
    void (*body)(void *);
    void *context;
};

static void *run(void *argument) {
    struct amparo_companion *thread = argument;
    thread->body(thread->context);
    return NULL;
}

int amparo_companion_start(void (*body)(void *), void *context, struct amparo_companion **out) {
    struct amparo_companion *thread = malloc(sizeof *thread);
    sigset_t all, before;
    int failed;
    if (thread == NULL) return -ENOMEM;
    *thread = (struct amparo_companion){.body = body, .context = context};
    // Signals are for the threads that know what to do with them.
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    failed = pthread_create(&thread->thread, NULL, run, thread);
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    if (failed) {
        free(thread);
        return -failed;
    }
    *out = thread;
    return 0;
}

void amparo_companion_join(struct amparo_companion *thread) {
    pthread_join(thread->thread, NULL);
    free(thread);
}
