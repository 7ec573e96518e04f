# SPDX-License-Identifier: GPL-3.0-or-later
# make demo   on a fresh machine: installs what is missing, builds, types real posts in real browsers, shows the warnings
# make test   on a fresh machine: installs what is missing, builds, runs every test
# make help   the other targets
SHELL := /bin/bash
.SHELLFLAGS := -o pipefail -ec
.DELETE_ON_ERROR:
.SUFFIXES:
.SECONDARY:
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
PRD_LIBS   = $(shell pkg-config --libs $(LIBRARIES) 2>/dev/null) -lm

ROOMS        := base text policy hours ledger system wire
ROOM_SOURCES := $(filter-out %_table_gen.c,$(sort $(foreach room,$(ROOMS),$(wildcard host/$(room)/*.c))))
ROOM_OBJECTS := $(ROOM_SOURCES:%.c=$(BUILD)/%.o)
CLI_OBJECTS  := $(patsubst %.c,$(BUILD)/%.o,$(sort $(wildcard host/cli/*.c)))
INSTITUTIONS := chu cisss poly csscv portage
PACKS        := $(INSTITUTIONS:%=$(BUILD)/share/prudence/packs/%.pack)
UNIT_TESTS   := $(patsubst tests/unit/%.c,$(BUILD)/tests/unit/%,$(sort $(wildcard tests/unit/test_*.c)))

.PHONY: all
all: $(BUILD)/prudence-host $(BUILD)/prudence $(PACKS) $(BUILD)/etc/prudence/profile.json

.PHONY: help
help:
	@echo "make demo     types real posts in Chromium and Firefox and shows the warnings (build/demo)"
	@echo "make test     every check and test; the count comes last"
	@echo "make all      prudence-host, prudence and the built packs, in build/"
	@echo "make lint     formatting, static analysis and types only"
	@echo "make unit wire cli extension e2e    one kind of tests"
	@echo "make eval     precision, recall and false alarms on the corpus and the development sets"
	@echo "make bench    speed against an echo host, in one run (build/bench.json)"
	@echo "make fuzz     fuzzing, FUZZ_SECONDS=60 a target"
	@echo "make install  DESTDIR=… PREFIX=/usr"
	@echo "make clean    removes build/"

# The folding tables are drawn from utf8proc by a program of ours, so that they say what the library says.
$(BUILD)/generated/fold_table.h: host/text/fold_table_gen.c host/text/fold_one.h
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

# Only the command trains models: liblinear stays out of the host.
$(BUILD)/prudence: $(CLI_OBJECTS) $(BUILD)/libprudence.a
	@echo "  LINK  $@"; $(CC) $(CFLAGS) $(PRD_LDFLAGS) $^ $(PRD_LIBS) -llinear -o $@

$(BUILD)/tests/unit/%: $(BUILD)/tests/unit/%.o $(BUILD)/libprudence.a
	@echo "  LINK  $@"; $(CC) $(CFLAGS) $(PRD_LDFLAGS) $^ $(PRD_LIBS) $$(pkg-config --libs check) -llinear -o $@

# The linear model is trained from the project's own posts, seen through the lists of the packs (host/policy/model.h). MODEL=FILE takes
# one that was trained before: a build under the sanitizers need not train its own.
POLICY_FILES := $(wildcard policies/*/*.json policies/*/rules/*.json)
CORPUS       := $(sort $(wildcard tests/fixtures/corpus/*.jsonl))
ifdef MODEL
$(BUILD)/share/prudence/model.bin: $(MODEL)
	@mkdir -p $(@D)
	@cp $< $@
else
$(BUILD)/share/prudence/model.bin: $(BUILD)/prudence $(POLICY_FILES) $(CORPUS)
	@mkdir -p $(@D)
	@$(BUILD)/prudence model train $(INSTITUTIONS:%=policies/%) $(CORPUS) -o $@
endif

# A pack is built from its own folder and from what it shares: any of these files may change it.
$(BUILD)/share/prudence/packs/%.pack: $(BUILD)/prudence $(BUILD)/share/prudence/model.bin $(POLICY_FILES)
	@mkdir -p $(@D)
	@$(BUILD)/prudence policy build policies/$* -o $@

# The build tree is an installation of its own: the host finds this profile beside itself (host/system/paths.h).
$(BUILD)/etc/prudence/profile.json: installer/profile.example.json
	@mkdir -p $(@D)
	@cp $< $@

.PHONY: tests-built
tests-built: all $(UNIT_TESTS) $(BUILD)/tests/bench/echo_host

$(BUILD)/tests/bench/%: $(BUILD)/tests/bench/%.o $(BUILD)/libprudence.a
	@echo "  LINK  $@"; $(CC) $(CFLAGS) $(PRD_LDFLAGS) $^ $(PRD_LIBS) -o $@

.PHONY: setup-build setup-demo setup-test
setup-build:
	@installer/setup.sh build
setup-demo:
	@installer/setup.sh build demo
setup-test:
	@installer/setup.sh build demo test

.PHONY: demo
demo: setup-demo
	@$(MAKE) --no-print-directory all
	@PRUDENCE_BUILD=$(BUILD) node tests/demo/demo.mjs

.PHONY: test
test: setup-test
	@node tests/run.mjs

JOBS := $(shell nproc 2>/dev/null || echo 2)
C_FILES := $(shell find host tests -name '*.[ch]' -not -path '*/node_modules/*' 2>/dev/null)
TIDY_FILES := $(filter-out %_table_gen.c,$(shell find host -name '*.c' 2>/dev/null))

.PHONY: lint lint-format lint-tidy lint-cppcheck lint-types lint-shell
lint: lint-format lint-tidy lint-cppcheck lint-types lint-shell
lint-format:
	clang-format --dry-run -Werror $(C_FILES)
lint-tidy: $(BUILD)/generated/fold_table.h
	@echo "clang-tidy, $(words $(TIDY_FILES)) files"
	@printf '%s\n' $(TIDY_FILES) | xargs -P $(JOBS) -n 4 sh -c 'clang-tidy --quiet "$$@" -- -std=c17 -D_GNU_SOURCE -DPRD_VERSION="\"$(VERSION)\"" -Ihost -I$(BUILD)/generated 2>/dev/null' tidy
lint-cppcheck: $(BUILD)/generated/fold_table.h
	cppcheck --quiet -j $(JOBS) --std=c11 --enable=warning,performance,portability --error-exitcode=1 --inline-suppr \
	  --suppress=missingIncludeSystem --library=posix -D_GNU_SOURCE -DPRD_VERSION='"$(VERSION)"' -Ihost -I$(BUILD)/generated host
lint-types:
	node_modules/.bin/tsc --project tsconfig.json
lint-shell:
	shellcheck installer/*.sh .ci/run

# Advice is for the author to weigh; only errors stop the build.
.PHONY: lint-policy
lint-policy: $(BUILD)/prudence
	$(BUILD)/prudence policy lint $(INSTITUTIONS:%=policies/%)

.PHONY: unit
unit: $(UNIT_TESTS)
	@set -e; for test in $(UNIT_TESTS); do echo "$$test"; (cd / && "$(abspath $(BUILD))/$${test#$(BUILD)/}"); done

.PHONY: wire cli extension e2e
wire: all
	@PRUDENCE_BUILD=$(BUILD) node --test tests/wire/*.test.mjs
cli: all
	@PRUDENCE_BUILD=$(BUILD) node --test tests/cli/*.test.mjs
extension:
	@node --test tests/extension/*.test.mjs
e2e: tests-built
	@PRUDENCE_BUILD=$(BUILD) node --test --test-concurrency=1 tests/e2e/*.test.mjs

# How good the judgement is, on the project's corpus and on the development sets where they are present.
.PHONY: eval
eval: all
	@PRUDENCE_BUILD=$(BUILD) node tests/eval/eval.mjs --json $(BUILD)/eval.json

.PHONY: bench
bench: setup-demo
	@$(MAKE) --no-print-directory all $(patsubst %,$(BUILD)/tests/bench/%,echo_host bench_host bench_judge)
	@rm -f $(BUILD)/bench.json
	@$(BUILD)/tests/bench/bench_host $(BUILD)
	@$(BUILD)/tests/bench/bench_judge $(BUILD)/share/prudence/packs/chu.pack $(BUILD)/bench.json
	@PRUDENCE_BUILD=$(BUILD) node tests/bench/bench_browser.mjs

FUZZ_SECONDS ?= 60
FUZZERS := $(patsubst tests/fuzz/%.c,%,$(wildcard tests/fuzz/fuzz_*.c))
.PHONY: fuzz
fuzz:
	@installer/setup.sh build fuzz
	@$(MAKE) --no-print-directory $(BUILD)/generated/fold_table.h
	@mkdir -p $(BUILD)/fuzz
	@set -e; for target in $(FUZZERS); do \
	  echo "$$target: $(FUZZ_SECONDS) s"; \
	  clang -std=c17 -D_GNU_SOURCE -DPRD_VERSION='"$(VERSION)"' -g -O1 -fsanitize=fuzzer,address,undefined -fno-sanitize-recover=all \
	    -Ihost -I$(BUILD)/generated tests/fuzz/$$target.c $(ROOM_SOURCES) $(PRD_LIBS) -llinear -o $(BUILD)/fuzz/$$target; \
	  mkdir -p $(BUILD)/fuzz/corpus-$$target; \
	  $(BUILD)/fuzz/$$target -max_total_time=$(FUZZ_SECONDS) -print_final_stats=1 -timeout=10 $(BUILD)/fuzz/corpus-$$target \
	    2>&1 | grep -E '^(stat::number_of_executed_units|SUMMARY|==|.*(ERROR|runtime error))' ; \
	done

PREFIX ?= /usr
.PHONY: install
install: all
	install -D -m 755 $(BUILD)/prudence-host $(DESTDIR)$(PREFIX)/libexec/prudence/prudence-host
	install -D -m 755 $(BUILD)/prudence $(DESTDIR)$(PREFIX)/bin/prudence
	install -d $(DESTDIR)$(PREFIX)/share/prudence/packs $(DESTDIR)$(PREFIX)/share/prudence/manifests
	install -m 644 $(PACKS) $(DESTDIR)$(PREFIX)/share/prudence/packs/
	install -m 644 $(BUILD)/share/prudence/model.bin $(DESTDIR)$(PREFIX)/share/prudence/
	install -m 644 manifests/*.in $(DESTDIR)$(PREFIX)/share/prudence/manifests/
	install -m 644 installer/profile.example.json $(DESTDIR)$(PREFIX)/share/prudence/
	install -D -m 755 installer/register.sh $(DESTDIR)$(PREFIX)/share/prudence/installer/register.sh
	cd extension && find . -type f ! -name README.md ! -name '*.d.ts' -exec install -D -m 644 {} $(if $(DESTDIR),$(abspath $(DESTDIR)))$(PREFIX)/share/prudence/extension/{} \;

.PHONY: clean
clean:
	rm -rf $(BUILD)

-include $(shell find $(BUILD) -name '*.d' 2>/dev/null)
