# Crux: builds, tests, checks. All flags live here. `make help` lists the targets.
BUILD   ?= build
CC      ?= gcc
PREFIX  ?= /usr/local

WARN  = -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wsign-conversion -Wstrict-prototypes -Wmissing-prototypes \
        -Wold-style-definition -Wvla -Wformat=2 -Wundef -Wcast-qual -Wwrite-strings -Wpointer-arith -Wimplicit-fallthrough
ifneq ($(findstring clang,$(CC)),clang)
WARN += -Wlogical-op -Wduplicated-cond -Wduplicated-branches
endif
WERROR ?= -Werror
CFLAGS ?= -O2 -g
# No contraction: the same bits on every machine.
ALL_CFLAGS = -std=c17 -D_GNU_SOURCE $(CFLAGS) $(WARN) $(WERROR) -ffp-contract=off -fvisibility=hidden -fPIC -pthread -I. -Iinclude -I$(BUILD)/gen
LDLIBS = -lm -pthread

FOLDERS = base dsl grammar engine judge store report api
SOURCES = $(filter-out $(EXCLUDE),$(wildcard $(FOLDERS:%=%/*.c)))
OBJECTS = $(SOURCES:%.c=$(BUILD)/%.o)
HAVE_GRAMMAR = $(wildcard grammar/parser.y)
GENERATED = $(if $(HAVE_GRAMMAR),$(BUILD)/gen/parser.o $(BUILD)/gen/scanner.o)

.PHONY: all lib test test-fast check clean
all: lib $(if $(wildcard cli/main.c),$(BUILD)/crux)
lib: $(BUILD)/libcrux.a

$(BUILD)/libcrux.a: $(OBJECTS) $(GENERATED)
	@mkdir -p $(@D)
	rm -f $@ && ar rcs $@ $^

$(BUILD)/crux: $(patsubst %.c,$(BUILD)/%.o,$(wildcard cli/*.c)) $(BUILD)/libcrux.a
	$(CC) $(ALL_CFLAGS) -o $@ $(filter %.o,$^) $(BUILD)/libcrux.a $(LDLIBS)

$(BUILD)/%.o: %.c $(if $(HAVE_GRAMMAR),$(BUILD)/gen/parser.h)
	@mkdir -p $(@D)
	$(CC) $(ALL_CFLAGS) -MMD -MP -c -o $@ $<

$(BUILD)/engine/%.o: CFLAGS := $(subst -O2,-O3,$(CFLAGS)) -fno-math-errno

TESTS = $(patsubst tests/%.c,$(BUILD)/tests/%,$(wildcard tests/unit/test_*.c tests/property/test_*.c))
SUPPORT = $(patsubst %.c,$(BUILD)/%.o,$(wildcard tests/support/*.c))
$(BUILD)/tests/%: tests/%.c $(SUPPORT) $(BUILD)/libcrux.a
	@mkdir -p $(@D)
	$(CC) $(ALL_CFLAGS) -Wno-conversion -Wno-sign-conversion -MMD -MP -o $@ $< $(SUPPORT) $(BUILD)/libcrux.a -lcriterion $(LDLIBS)

test-fast: all $(TESTS)
	@status=0; for t in $(TESTS); do $$t -j2 --quiet || { status=1; echo "FAILED $$t"; }; done; exit $$status
test: test-fast

clean:
	rm -rf $(BUILD)
-include $(shell find $(BUILD) -name '*.d' 2>/dev/null)
