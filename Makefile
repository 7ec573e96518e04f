# SPDX-License-Identifier: GPL-3.0-or-later
# make demo   on a fresh machine: installs what is missing, builds, types real posts in real browsers, shows the warnings
# make test   on a fresh machine: installs what is missing, builds, runs every test
# make help   the other targets
SHELL := /bin/bash
.SHELLFLAGS := -o pipefail -ec
.DELETE_ON_ERROR:
.SUFFIXES:
MAKEFLAGS += --no-builtin-rules

VERSION := 0.1.0
BUILD   ?= build
CC      ?= gcc
ifeq ($(origin CC),default)
CC := gcc
endif

LIBRARIES := jansson sqlite3 libutf8proc libsodium
WARNINGS  := -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wstrict-prototypes -Wmissing-prototypes -Wvla -Wformat=2 -Wundef -Werror
HARDENING := -fstack-protector-strong -fstack-clash-protection -D_FORTIFY_SOURCE=2 -fPIE
OPTIMISE  ?= -O2 -g
ifdef SANITIZE
OPTIMISE  := -O1 -g -fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer
HARDENING := -fPIE
endif
CFLAGS    ?= $(OPTIMISE)
PRD_CFLAGS = -std=c17 -D_GNU_SOURCE -DPRD_VERSION='"$(VERSION)"' -Ihost -I$(BUILD)/generated $(WARNINGS) $(HARDENING) $(CFLAGS) $(shell pkg-config --cflags $(LIBRARIES) 2>/dev/null)
PRD_LDFLAGS = -pie -Wl,-z,relro,-z,now,-z,noexecstack -Wl,--as-needed $(LDFLAGS)
PRD_LIBS   = $(shell pkg-config --libs $(LIBRARIES) 2>/dev/null)

ROOMS        := base text policy hours ledger system wire
ROOM_SOURCES := $(filter-out %_table_gen.c,$(sort $(foreach room,$(ROOMS),$(wildcard host/$(room)/*.c))))
ROOM_OBJECTS := $(ROOM_SOURCES:%.c=$(BUILD)/%.o)
CLI_OBJECTS  := $(patsubst %.c,$(BUILD)/%.o,$(sort $(wildcard host/cli/*.c)))
UNIT_TESTS   := $(patsubst tests/unit/%.c,$(BUILD)/tests/unit/%,$(sort $(wildcard tests/unit/test_*.c)))

.PHONY: all
all: $(BUILD)/prudence-host $(BUILD)/prudence

# The folding tables are drawn from utf8proc by a program of ours, so that they say what the library says.
$(BUILD)/generated/fold_table.h: host/text/fold_table_gen.c
	@mkdir -p $(BUILD)/generated
	$(CC) -std=c17 -D_GNU_SOURCE -Ihost $(WARNINGS) -O1 $< -o $(BUILD)/generated/fold_table_gen $$(pkg-config --cflags --libs libutf8proc)
	$(BUILD)/generated/fold_table_gen > $@

$(BUILD)/%.o: %.c $(BUILD)/generated/fold_table.h
	@mkdir -p $(@D)
	@echo "  CC    $<"; $(CC) $(PRD_CFLAGS) -MMD -MP -c $< -o $@

$(BUILD)/libprudence.a: $(ROOM_OBJECTS)
	@echo "  AR    $@"; rm -f $@; ar rcs $@ $^

$(BUILD)/prudence-host: $(BUILD)/host/main.o $(BUILD)/libprudence.a
	@echo "  LINK  $@"; $(CC) $(CFLAGS) $(PRD_LDFLAGS) $^ $(PRD_LIBS) -o $@

$(BUILD)/prudence: $(CLI_OBJECTS) $(BUILD)/libprudence.a
	@echo "  LINK  $@"; $(CC) $(CFLAGS) $(PRD_LDFLAGS) $^ $(PRD_LIBS) -o $@

$(BUILD)/tests/unit/%: $(BUILD)/tests/unit/%.o $(BUILD)/libprudence.a
	@echo "  LINK  $@"; $(CC) $(CFLAGS) $(PRD_LDFLAGS) $^ $(PRD_LIBS) $$(pkg-config --libs check) -o $@

-include $(shell find $(BUILD) -name '*.d' 2>/dev/null)
