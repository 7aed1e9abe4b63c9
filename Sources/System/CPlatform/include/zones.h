// The time-zone data that travels with the program; ZoneData.c is generated.
#pragma once
#include <stddef.h>
#include <stdint.h>

#define AMPARO_ZONE_NAME_MAX 40

// The name lies in the row, not behind a pointer: the table then needs no relocation at start.
struct amparo_zone {
    char name[AMPARO_ZONE_NAME_MAX];
    uint32_t offset;
    uint32_t length;
};

extern const char amparo_zone_version[];
extern const size_t amparo_zone_count;
extern const struct amparo_zone amparo_zones[];
extern const uint8_t amparo_zone_blocks[];

// The block of the zone called `name`, and its length; NULL when there is none.
const uint8_t *amparo_zone_find(const char *name, size_t *length);

// The name of the zone in row `index`, which must be below the count.
const char *amparo_zone_name(size_t index);

// The release of the embedded data, such as 2025b.
const char *amparo_zone_release(void);
