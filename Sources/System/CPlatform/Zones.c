#include "zones.h"
#include <stdlib.h>
#include <string.h>

static int by_name(const void *name, const void *row) {
    return strcmp(name, ((const struct amparo_zone *)row)->name);
}

const uint8_t *amparo_zone_find(const char *name, size_t *length) {
    const struct amparo_zone *row =
        bsearch(name, amparo_zones, amparo_zone_count, sizeof *amparo_zones, by_name);
    if (!row) return NULL;
    *length = row->length;
    return amparo_zone_blocks + row->offset;
}

const char *amparo_zone_name(size_t index) { return amparo_zones[index].name; }

const char *amparo_zone_release(void) { return amparo_zone_version; }
