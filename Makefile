# Crux: builds, tests, checks. All flags live here. `make help` lists the targets.
BUILD        ?= build
PREFIX       ?= /usr/local
DESTDIR      ?=
WERROR       ?= -Werror
CFLAGS       ?= -O2 -g
FUZZ_SECONDS ?= 60
# make V=1 shows the commands.
Q = $(if $(V),,@)
say = $(if $(V),,@echo '  $(1)' '$(patsubst $(CURDIR)/%,%,$(2))')
ifeq ($(origin CC),default)
CC := gcc
endif

WARN = -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wsign-conversion -Wstrict-prototypes -Wmissing-prototypes \
       -Wold-style-definition -Wvla -Wformat=2 -Wundef -Wcast-qual -Wwrite-strings -Wpointer-arith -Wimplicit-fallthrough
ifeq ($(findstring clang,$(CC)),)
WARN += -Wlogical-op -Wduplicated-cond -Wduplicated-branches
endif
# No contraction: the same bits on every machine.
ALL_CFLAGS = -std=c17 -D_GNU_SOURCE $(CFLAGS) $(WARN) $(WERROR) -ffp-contract=off -fvisibility=hidden -fPIC -pthread \
             -I. -Iinclude -I$(BUILD)/gen
ENGINE_CFLAGS = $(if $(findstring -O2,$(CFLAGS)),-O3) -fno-math-errno -fno-trapping-math
# Criterion's macros convert freely.
TEST_CFLAGS = -Wno-conversion -Wno-sign-conversion
LDLIBS = -lsqlite3 $(if $(MPFI),-lmpfi -lmpfr -lgmp) -lm -pthread
# The re-checker of proofs rounds with MPFI where it is (Debian: libmpfi-dev), else by itself. `make MPFI=` does without.
MPFI := $(shell echo 'int main(void) { return 0; }' | $(CC) -include mpfi.h -x c - -lmpfi -lmpfr -lgmp -o /dev/null 2>/dev/null && echo yes)
TEST_LDLIBS = -lcriterion -Wl,--as-needed -ludunits2 -lmpfi -lmpfr -lgmp -ljansson $(LDLIBS)

# The sanitizers stop at the first finding, so that a leak or an overflow fails the test it happens in.
SANITIZE = -O1 -g -fno-omit-frame-pointer -fsanitize=address,undefined -fno-sanitize-recover=all
export ASAN_OPTIONS = abort_on_error=1:detect_leaks=1
export UBSAN_OPTIONS = halt_on_error=1:print_stacktrace=1
export LSAN_OPTIONS = suppressions=$(CURDIR)/tests/leaks.supp:print_suppressions=0

VERSION := $(shell sed -n 's/^.define CRUX_VERSION "\(.*\)"/\1/p' include/crux.h 2>/dev/null)
ifeq ($(VERSION),)
VERSION := 0.1.0
endif

FOLDERS   = base dsl grammar engine judge store verify report api
SOURCES   = $(wildcard $(FOLDERS:%=%/*.c))
GRAMMAR   = $(if $(wildcard grammar/parser.y),$(BUILD)/gen/parser.c $(BUILD)/gen/scanner.c)
SHIPPED   = $(sort $(wildcard engine/forecast/*/*.crux))
EXPLAINED = $(sort $(wildcard docs/diagnostics/*.md))
TABLES    = $(wildcard data/sources.csv) $(sort $(filter-out data/sources.csv,$(wildcard data/*.csv)))
GENERATED = $(GRAMMAR) $(BUILD)/gen/directions.c $(BUILD)/gen/forecasts.c $(BUILD)/gen/explanations.c
OBJECTS   = $(SOURCES:%.c=$(BUILD)/%.o) $(GENERATED:.c=.o) $(BUILD)/store/shipped.o
CLI       = $(patsubst %.c,$(BUILD)/%.o,$(wildcard cli/*.c))
SUPPORT   = $(patsubst %.c,$(BUILD)/%.o,$(wildcard tests/support/*.c))
TESTS     = $(patsubst %.c,$(BUILD)/%,$(wildcard tests/unit/test_*.c tests/property/test_*.c))
SLOW      = $(patsubst %.c,$(BUILD)/%,$(wildcard tests/slow/test_*.c))
FUZZERS   = $(patsubst tests/fuzz/%.c,$(BUILD)/fuzz/run-%,$(wildcard tests/fuzz/*.c))
BENCHES   = $(patsubst %.c,$(BUILD)/%,$(wildcard bench/*.c))
PROGRAM   = $(if $(CLI),$(BUILD)/crux)
HEADERS   = $(wildcard $(FOLDERS:%=%/*.h) engine/forecast/*.h include/*.h tests/support/*.h)
CHECKED   = $(wildcard $(foreach f,$(FOLDERS) cli include,$f/*.[chyl] $f/*.def) engine/forecast/*.h)
TESTCODE  = $(wildcard tests/*/*.[ch] bench/*.[ch])

.DELETE_ON_ERROR:
.SECONDARY:
.PHONY: all lib test-programs test test-fast test-asan test-slow golden fuzz check tidy bench install clean help FORCE

all: lib $(PROGRAM) ## the library and the program (the default)
lib: $(BUILD)/libcrux.a $(if $(wildcard api/*.c),$(BUILD)/libcrux.so) ## the library alone

# ---- objects ---------------------------------------------------------------------------------------------------------------

# Another compiler or other flags make everything anew.
$(BUILD)/flags: FORCE
	@mkdir -p $(@D)
	@echo '$(CC) $(ALL_CFLAGS) $(ENGINE_CFLAGS)' | cmp -s - $@ || echo '$(CC) $(ALL_CFLAGS) $(ENGINE_CFLAGS)' >$@

$(BUILD)/%.o: %.c $(BUILD)/flags | $(GRAMMAR)
	@mkdir -p $(@D)
	$(call say,cc   ,$<)
	$(Q)$(CC) $(ALL_CFLAGS) $(EXTRA_CFLAGS) -MMD -MP -c -o $@ $<

$(BUILD)/engine/%.o: EXTRA_CFLAGS = $(ENGINE_CFLAGS)
# The same kernels for more lanes, chosen at run time. Elsewhere these files are empty. The undefined-behaviour sanitizer
# looks at the narrow ones only: it takes wide vectors apart, for most of a minute.
ifneq ($(findstring x86_64,$(shell $(CC) -dumpmachine)),)
$(BUILD)/engine/%_avx2.o: EXTRA_CFLAGS = $(ENGINE_CFLAGS) -mavx2 -fno-sanitize=undefined
$(BUILD)/engine/%_avx512.o: EXTRA_CFLAGS = $(ENGINE_CFLAGS) -mavx512f -mavx512dq -mavx512vl -mavx512bw -fno-sanitize=undefined
endif

$(BUILD)/verify/rounded.o: EXTRA_CFLAGS = $(if $(MPFI),-DCRUX_HAVE_MPFI)

$(BUILD)/gen/parser.c $(BUILD)/gen/parser.h &: grammar/parser.y
	@mkdir -p $(BUILD)/gen
	$(call say,bison,$<)
	$(Q)bison -Wall -Wcounterexamples -Werror --header=$(BUILD)/gen/parser.h -o $(BUILD)/gen/parser.c $<

$(BUILD)/gen/scanner.c $(BUILD)/gen/scanner.h &: grammar/scanner.l
	@mkdir -p $(BUILD)/gen
	$(call say,flex ,$<)
	$(Q)flex --outfile=$(BUILD)/gen/scanner.c --header-file=$(BUILD)/gen/scanner.h $<

$(BUILD)/gen/forecasts.c: base/embed.sh $(SHIPPED) $(BUILD)/embedded
	$(call say,embed,$(words $(SHIPPED)) forecast files)
	$(Q)mkdir -p $(@D) && sh base/embed.sh forecasts $(SHIPPED) >$@

$(BUILD)/gen/explanations.c: base/embed.sh $(EXPLAINED) $(BUILD)/embedded
	$(call say,embed,$(words $(EXPLAINED)) explanations)
	$(Q)mkdir -p $(@D) && sh base/embed.sh explanations $(EXPLAINED) >$@

# The direction numbers of the Sobol' points.
$(BUILD)/gen/directions.c: $(BUILD)/engine/tool/make_directions
	$(call say,make ,$@)
	$(Q)mkdir -p $(@D) && $< >$@
$(BUILD)/engine/tool/make_directions: engine/tool/make_directions.c engine/sobol.h $(BUILD)/flags
	@mkdir -p $(@D)
	$(Q)$(CC) $(ALL_CFLAGS) -o $@ $<

# The shipped observations: imported into a database by the store's own code, which then carries the database.
$(BUILD)/make_image: $(patsubst %.c,$(BUILD)/%.o,$(wildcard base/*.c dsl/*.c store/*.c store/tool/*.c))
	$(call say,link ,$@)
	$(Q)rm -f $@.a && ar rcs $@.a $(filter-out $(BUILD)/store/tool/%,$^)
	$(Q)$(CC) $(ALL_CFLAGS) -o $@ $(filter $(BUILD)/store/tool/%,$^) $@.a $(LDLIBS)

$(BUILD)/gen/shipped.db: $(BUILD)/make_image $(TABLES) $(BUILD)/embedded
	$(call say,embed,$(words $(TABLES)) data tables)
	$(Q)mkdir -p $(@D) && $(BUILD)/make_image $@ $(TABLES)

$(BUILD)/store/shipped.o: store/shipped.S $(BUILD)/gen/shipped.db $(BUILD)/flags
	@mkdir -p $(@D)
	$(Q)$(CC) -DIMAGE='"$(BUILD)/gen/shipped.db"' -c -o $@ $<

# A file that comes or goes changes the library as well.
$(BUILD)/embedded: FORCE
	@mkdir -p $(@D)
	@echo '$(SHIPPED) $(EXPLAINED) $(TABLES)' | cmp -s - $@ || echo '$(SHIPPED) $(EXPLAINED) $(TABLES)' >$@

$(BUILD)/gen/%.o: $(BUILD)/gen/%.c $(BUILD)/flags | $(GRAMMAR)
	$(call say,cc   ,$<)
	$(Q)$(CC) $(ALL_CFLAGS) -Wno-unused-function -MMD -MP -c -o $@ $<

# ---- what is made of them --------------------------------------------------------------------------------------------------

# For tests: every function is in reach.
$(BUILD)/plain.a: $(OBJECTS)
	$(Q)rm -f $@ && ar rcs $@ $^

# For hosts: only crux_ names leave the archive, so a host may have an arena_init of its own.
$(BUILD)/libcrux.a: $(OBJECTS)
	$(call say,ar   ,$@)
	$(Q)$(CC) -r -nostdlib -o $(BUILD)/libcrux.o $^
	$(Q)objcopy --localize-hidden $(BUILD)/libcrux.o
	$(Q)rm -f $@ && ar rcs $@ $(BUILD)/libcrux.o

$(BUILD)/libcrux.so: $(OBJECTS)
	$(call say,link ,$@)
	$(Q)$(CC) $(CFLAGS) -shared -Wl,-soname,libcrux.so.0 -o $@ $^ $(LDLIBS)

# The prompt of `crux eval` has history and completion where libedit is (Debian: libedit-dev).
LIBEDIT := $(shell pkg-config --exists libedit 2>/dev/null && echo -ledit)
$(BUILD)/cli/prompt.o: EXTRA_CFLAGS = $(if $(LIBEDIT),-DCRUX_LIBEDIT)

$(BUILD)/crux: $(CLI) $(BUILD)/libcrux.a
	$(call say,link ,$@)
	$(Q)$(CC) $(ALL_CFLAGS) -o $@ $^ $(LIBEDIT) $(LDLIBS)

# ---- tests -----------------------------------------------------------------------------------------------------------------

$(BUILD)/tests/%: tests/%.c $(SUPPORT) $(BUILD)/plain.a
	@mkdir -p $(@D)
	$(call say,test ,$<)
	$(Q)$(CC) $(ALL_CFLAGS) $(TEST_CFLAGS) -MMD -MP -MF $@.d -o $@ $< $(SUPPORT) $(BUILD)/plain.a $(TEST_LDLIBS)

test-programs: $(PROGRAM) $(TESTS)

test: test-programs ## every fast test: units, properties, golden cases, command line
	@tests/run $(BUILD) $(TESTS)

test-fast: test

test-asan: ## the same under the address and undefined-behaviour sanitizers
	@$(MAKE) --no-print-directory BUILD=$(BUILD)/asan CFLAGS='$(SANITIZE)' test

test-slow: $(PROGRAM) $(SLOW) ## the tests that take minutes
	@LIMIT=600 tests/run -o $(BUILD) $(SLOW) $(wildcard tests/slow/*.sh)

golden: test-programs ## rewrites the expected files of tests/cases and tests/cli; review the diff
	@GOLDEN=1 tests/run $(BUILD) $(filter %/test_diag %/test_print %/test_reference,$(TESTS))

fuzz: ## every fuzz target for FUZZ_SECONDS (clang)
	@$(MAKE) --no-print-directory BUILD=$(BUILD)/fuzzing CC=clang \
	    CFLAGS='-O1 -g -fno-omit-frame-pointer -fsanitize=address,undefined,fuzzer-no-link -fno-sanitize-recover=all' run-fuzzers

.PHONY: run-fuzzers $(FUZZERS)
run-fuzzers: $(FUZZERS)
$(FUZZERS): $(BUILD)/fuzz/run-%: $(BUILD)/fuzz/%
	@tests/run-fuzzer $< $(FUZZ_SECONDS)
$(BUILD)/fuzz/%: tests/fuzz/%.c $(BUILD)/plain.a
	@mkdir -p $(@D)
	$(call say,fuzz ,$<)
	$(Q)$(CC) $(ALL_CFLAGS) -Wno-missing-prototypes -fsanitize=fuzzer -MMD -MP -MF $@.d -o $@ $< $(BUILD)/plain.a $(LDLIBS)

# ---- checks ----------------------------------------------------------------------------------------------------------------

# Each header must compile alone; the include rule, the sizes and the exported names must hold.
check: all ## include rule, sizes, headers that compile alone, exported names, an installed library
	@awk -f tests/layers.awk $(CHECKED)
	@awk -f tests/sizes.awk $(CHECKED) $(TESTCODE)
	@for header in $(HEADERS); do \
	    echo "#include \"$$header\"" | $(CC) $(ALL_CFLAGS) -fsyntax-only -x c - || exit 1; \
	done
	@nm -g --defined-only $(BUILD)/libcrux.a | awk -f tests/exports.awk
	@$(if $(PROGRAM),CC='$(CC)' tests/check-install $(BUILD))
	@echo "check: all well"

tidy: $(GENERATED) ## clang-tidy and cppcheck over our own files
	clang-tidy --quiet $(SOURCES) $(wildcard cli/*.c) -- -std=c17 -D_GNU_SOURCE -I. -Iinclude -I$(BUILD)/gen
	cppcheck --enable=warning,performance,portability --std=c11 --inline-suppr --quiet --error-exitcode=1 -I. -Iinclude -I$(BUILD)/gen \
	    $(FOLDERS) cli

# ---- speed -----------------------------------------------------------------------------------------------------------------

REFERENCE = $(BUILD)/gen/reference_model.h
$(REFERENCE): bench/generate.py bench/model.py
	@mkdir -p $(@D)
	$(call say,python,$<)
	$(Q)PYTHONDONTWRITEBYTECODE=1 python3 bench/generate.py $(@D)

$(BUILD)/bench/%: bench/%.c $(BUILD)/plain.a $(REFERENCE)
	@mkdir -p $(@D)
	$(call say,bench,$<)
	$(Q)$(CC) $(ALL_CFLAGS) $(ENGINE_CFLAGS) $(PEER_CFLAGS) -MMD -MP -MF $@.d -o $@ $< $(BUILD)/plain.a $(LDLIBS)

# Private: what a peer needs, the library it is linked with must not be built with.
$(BUILD)/bench/scalar: private PEER_CFLAGS = -march=native
ifneq ($(findstring x86_64,$(shell $(CC) -dumpmachine)),)
$(BUILD)/bench/block_avx2: private PEER_CFLAGS = -mavx2
$(BUILD)/bench/block_avx512: private PEER_CFLAGS = -mavx512f -mavx512dq -mavx512vl -mavx512bw
endif

bench: $(PROGRAM) $(BENCHES) ## the speed of the engine beside hand-written C and NumPy
	@bench/run $(BUILD)

# ---- installing ------------------------------------------------------------------------------------------------------------

define CRUX_PC
prefix=$(PREFIX)
libdir=$${prefix}/lib
includedir=$${prefix}/include

Name: crux
Description: A checker for policy arguments
Version: $(VERSION)
Libs: -L$${libdir} -lcrux
Libs.private: $(LDLIBS)
Cflags: -I$${includedir}
endef
export CRUX_PC

install: all ## PREFIX=/usr/local, DESTDIR for packagers
	install -d $(DESTDIR)$(PREFIX)/bin $(DESTDIR)$(PREFIX)/include $(DESTDIR)$(PREFIX)/lib/pkgconfig
	install -m 755 $(BUILD)/crux $(DESTDIR)$(PREFIX)/bin/crux
	install -m 644 include/crux.h $(DESTDIR)$(PREFIX)/include/crux.h
	install -m 644 $(BUILD)/libcrux.a $(DESTDIR)$(PREFIX)/lib/libcrux.a
	install -m 755 $(BUILD)/libcrux.so $(DESTDIR)$(PREFIX)/lib/libcrux.so.0
	ln -sf libcrux.so.0 $(DESTDIR)$(PREFIX)/lib/libcrux.so
	echo "$$CRUX_PC" >$(DESTDIR)$(PREFIX)/lib/pkgconfig/crux.pc

clean: ## removes what was made
	rm -rf $(BUILD)

help: ## this list
	@sed -n 's/^\([a-z-]*\):.*## /  \1: /p' $(firstword $(MAKEFILE_LIST))

-include $(OBJECTS:.o=.d) $(CLI:.o=.d) $(SUPPORT:.o=.d) $(TESTS:=.d) $(SLOW:=.d) $(BENCHES:=.d) $(wildcard $(BUILD)/fuzz/*.d)
