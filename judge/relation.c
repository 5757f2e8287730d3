#include "judge/relation.h"

#include <math.h>

#include "base/elementary.h"
#include "engine/sobol.h"
#include "judge/inquiry.h"

// ---- counting ----------------------------------------------------------------------------------------------------------------------

// log P(i + 1) - log P(i) of the hypergeometric law.
static double log_step(double i, double n, double K, double m)
{
    return elementary_log((K - i) * (m - i) / ((i + 1) * (n - K - m + i + 1)));
}

double hypergeometric_at_least(uint64_t x, uint64_t n, uint64_t K, uint64_t m)
{
    const uint64_t least = K + m > n ? K + m - n : 0, most = K < m ? K : m;
    double log_now = 0, log_most = 0, all = 0, tail = 0;
    if (x <= least)
        return 1;
    if (x > most)
        return 0;
    for (uint64_t i = least; i < most; i++) {
        log_now += log_step((double)i, (double)n, (double)K, (double)m);
        log_most = fmax(log_most, log_now);
    }
    log_now = 0;
    for (uint64_t i = least; i <= most; i++) {
        const double part = elementary_exp(log_now - log_most);
        all += part;
        tail += i >= x ? part : 0;
        if (i < most)
            log_now += log_step((double)i, (double)n, (double)K, (double)m);
    }
    return tail / all;
}

// Futures are dealt to the replicates in turn, so those of one are every REPLICATES-th bit.
static uint64_t replicate_bits(int replicate)
{
    uint64_t bits = 0;
    for (int at = replicate; at < JOINT_WORD; at += REPLICATES)
        bits |= UINT64_C(1) << at;
    return bits;
}

// The standard error of hits / says from how far the replicates lie apart (Cochran 1977, chapter 6: that of a ratio).
static double share_error(const struct joint *joint, const uint64_t *says, const uint64_t *hits, const uint64_t *among)
{
    double all_says = 0, all_hits = 0, some_says[REPLICATES], some_hits[REPLICATES], squares = 0;
    for (int r = 0; r < REPLICATES; r++) {
        const uint64_t bits = replicate_bits(r);
        some_says[r] = some_hits[r] = 0;
        for (size_t w = 0; w < joint->words; w++) {
            const uint64_t here = says[w] & bits & (among ? among[w] : UINT64_MAX);
            some_says[r] += __builtin_popcountll(here);
            some_hits[r] += __builtin_popcountll(here & hits[w]);
        }
        all_says += some_says[r];
        all_hits += some_hits[r];
    }
    for (int r = 0; r < REPLICATES && all_says > 0; r++) {
        const double residual = some_hits[r] - all_hits / all_says * some_says[r];
        squares += residual * residual;
    }
    return all_says > 0 ? sqrt(squares * REPLICATES / (REPLICATES - 1)) / all_says : NAN;
}

struct relation_table relation_table(const struct joint *joint, const uint64_t *other, const uint64_t *says, const uint64_t *hits)
{
    struct relation_table table = {.futures = joint_count(joint, says, NULL), .hits = joint_count(joint, says, hits)};
    for (size_t w = 0; w < joint->words; w++) {
        table.with += (uint64_t)__builtin_popcountll(other[w] & says[w]);
        table.with_hits += (uint64_t)__builtin_popcountll(other[w] & says[w] & hits[w]);
    }
    table.holds = joint_count(joint, other, NULL);
    table.error = share_error(joint, says, hits, NULL);
    table.with_error = share_error(joint, says, hits, other);
    return table;
}

bool relation_exceeds(const struct relation_table *table)
{
    const bool more = table->with_hits * table->futures > table->hits * table->with;
    return more && hypergeometric_at_least(table->with_hits, table->futures, table->hits, table->with) <= RELATION_ERROR;
}

// ---- words -------------------------------------------------------------------------------------------------------------------------

enum verdict_kind row_kind(const struct joint *joint, const struct joint_row *row, double level)
{
    const double says = (double)joint_count(joint, row->premise, NULL), holds = (double)joint_count(joint, row->holds, NULL);
    if (says == 0)
        return VERDICT_VACUOUS;
    return holds >= level * says ? VERDICT_SUPPORTED : holds <= (1 - level) * says ? VERDICT_REFUTED : VERDICT_SENSITIVE;
}

bool party_can_stand(const struct party *party)
{
    return party->kind == VERDICT_SUPPORTED || party->kind == VERDICT_SENSITIVE || party->kind == VERDICT_SOLVED;
}

void write_futures(struct buffer *buffer, uint64_t count, uint64_t of)
{
    if (count == 0 || count == of) {
        buffer_add_string(buffer, count == 0 ? "in no future tried" : "in every future tried");
        return;
    }
    buffer_add_string(buffer, "in ");
    write_percent(buffer, (double)count / (double)of);
    buffer_add_string(buffer, " of futures");
}

// ---- running -----------------------------------------------------------------------------------------------------------------------

struct trial {
    const struct relation *relation;
    const struct party *from, *to;
    struct relation_table table;
    struct buffer why;
};

static const char *hit_word(const struct trial *trial)
{
    return trial->relation->kind == RELATION_SUPPORTS ? "holds" : "fails";
}

// Why it cannot be run, or false.
static bool cannot_run(struct trial *trial)
{
    const struct party *sides[] = {trial->from, trial->to};
    for (int i = 0; i < 2; i++) {
        const struct party *side = sides[i];
        if (side->kind == VERDICT_RECORDED)
            buffer_printf(&trial->why, "%.*s is recorded: it has no formula to run", TEXT_ARGS(side->name));
        else if (!side->row && (side->kind == VERDICT_SOLVED || side->kind == VERDICT_UNSOLVABLE))
            buffer_printf(&trial->why, "%.*s asks a question, which holds in no future by itself", TEXT_ARGS(side->name));
        else if (!side->row)
            buffer_printf(&trial->why, "%.*s is %s", TEXT_ARGS(side->name), verdict_words[side->kind]);
        else
            continue;
        return true;
    }
    return false;
}

// Told where the two cannot be compared; then it is not grounded.
static bool nothing_to_compare(struct trial *trial)
{
    const struct party *from = trial->from, *to = trial->to;
    const struct party *at_once = from->at_once ? from : to->at_once ? to : NULL;
    if (at_once)
        buffer_printf(&trial->why, "%.*s is sensitive and about all futures at once: it does not hold in some of them and fail in others", TEXT_ARGS(at_once->name));
    else if (trial->table.futures == 0)
        buffer_printf(&trial->why, "%.*s says nothing in any future", TEXT_ARGS(to->name));
    else if (trial->table.holds == 0)
        buffer_printf(&trial->why, "%.*s holds in no future", TEXT_ARGS(from->name));
    else if (trial->table.with == 0)
        buffer_printf(&trial->why, "%.*s says nothing where %.*s holds", TEXT_ARGS(to->name), TEXT_ARGS(from->name));
    else
        return false;
    return true;
}

// "where a holds, b fails in 12 % of futures, overall in 9 % of futures".
static void write_both(struct trial *trial, bool by_chance)
{
    const struct relation_table *table = &trial->table;
    struct buffer here = buffer_on(trial->why.arena), overall = here;
    write_futures(&here, table->with_hits, table->with);
    write_futures(&overall, table->hits, table->futures);
    buffer_printf(&trial->why, "where %.*s holds, %.*s %s %s", TEXT_ARGS(trial->from->name), TEXT_ARGS(trial->to->name), hit_word(trial), here.at);
    if (text_equal(buffer_text(&here), buffer_text(&overall)))
        buffer_add_string(&trial->why, ", as overall");
    else
        buffer_printf(&trial->why, ", overall %s%s", overall.at, by_chance ? ", which chance explains" : "");
}

// Of a relation that shifts nothing.
static void write_unmoved(struct trial *trial)
{
    const struct relation_table *table = &trial->table;
    const struct text from = trial->from->name, to = trial->to->name;
    if (table->hits == 0 || table->hits == table->futures) {
        buffer_printf(&trial->why, "%.*s %s ", TEXT_ARGS(to), hit_word(trial));
        write_futures(&trial->why, table->hits, table->futures);
        buffer_printf(&trial->why, ", with %.*s or without", TEXT_ARGS(from));
    } else if (table->with == table->futures) {
        buffer_printf(&trial->why, "%.*s holds in every future tried and makes no difference: %.*s %s ", TEXT_ARGS(from), TEXT_ARGS(to), hit_word(trial));
        write_futures(&trial->why, table->hits, table->futures);
    } else {
        write_both(trial, table->with_hits * table->futures > table->hits * table->with);
    }
}

// `rebuts` and `supports`.
static enum relation_finding run_shift(struct trial *trial)
{
    const bool supports = trial->relation->kind == RELATION_SUPPORTS;
    const struct relation_table *table = &trial->table;
    const struct party *from = trial->from, *to = trial->to;
    if (!supports && from->kind == VERDICT_SUPPORTED && to->kind == VERDICT_REFUTED) {
        buffer_printf(&trial->why, "%.*s is supported and %.*s is refuted: it fails ", TEXT_ARGS(from->name), TEXT_ARGS(to->name));
        write_futures(&trial->why, table->hits, table->futures);
        return RELATION_GROUNDED;
    }
    if (nothing_to_compare(trial))
        return RELATION_NOT_GROUNDED;
    if (supports && table->hits == table->futures && table->with == table->futures) {
        buffer_add_string(&trial->why, "both hold in every future tried");
        return RELATION_GROUNDED;
    }
    if (!relation_exceeds(table)) {
        write_unmoved(trial);
        return RELATION_NOT_GROUNDED;
    }
    write_both(trial, false);
    return RELATION_GROUNDED;
}

static const char *premise_words(const struct claim *claim)
{
    return !claim || claim->premise || !claim->exception ? "its premise holds" : "its exception does not hold";
}

static enum relation_finding run_undercut(struct trial *trial)
{
    const struct relation_table *table = &trial->table;
    const struct text from = trial->from->name, to = trial->to->name;
    const char *premise = premise_words(trial->to->claim);
    if (trial->from->kind == VERDICT_REFUTED) {
        buffer_printf(&trial->why, "%.*s is refuted", TEXT_ARGS(from));
        return RELATION_NOT_GROUNDED;
    }
    if (table->futures == 0 || table->hits == 0) {
        buffer_printf(&trial->why, table->futures == 0 ? "there is no future tried in which %.*s says something" : "%.*s follows from its premise in every future tried", TEXT_ARGS(to));
        return RELATION_NOT_GROUNDED;
    }
    if (table->with_hits > 0) {
        buffer_printf(&trial->why, "%.*s does not follow: where %s and %.*s too, its conclusion fails ", TEXT_ARGS(to), premise, TEXT_ARGS(from));
        write_futures(&trial->why, table->with_hits, table->with);
    } else {
        buffer_printf(&trial->why, "%.*s does not follow: where %s, its conclusion fails ", TEXT_ARGS(to), premise);
        write_futures(&trial->why, table->hits, table->futures);
        buffer_printf(&trial->why, ", though in none where %.*s holds", TEXT_ARGS(from));
    }
    return RELATION_GROUNDED;
}

static double share(uint64_t count, uint64_t of)
{
    return of > 0 ? (double)count / (double)of : NAN;
}

// The shares are those of the target's holding, except of an undercut.
static void set_shares(struct relation_result *result, const struct trial *trial)
{
    const struct relation_table *table = &trial->table;
    const bool turned = trial->relation->kind == RELATION_REBUTS;
    result->with = share(turned ? table->with - table->with_hits : table->with_hits, table->with);
    result->without = share(turned ? table->futures - table->hits : table->hits, table->futures);
    result->with_error = table->with_error;
    result->without_error = table->error;
    result->seen = table->with;
}

struct relation_result relation_run(struct work *work, const struct joint *joint, const struct relation *relation, const struct party *from,
                                    const struct party *to)
{
    struct trial trial = {relation, from, to, {0}, buffer_on(work->arena)};
    struct relation_result result = {.relation = relation, .finding = RELATION_RECORDED, .from = from->name, .to = to->name};
    result.with = result.without = result.with_error = result.without_error = NAN;
    if (!cannot_run(&trial)) {
        const uint64_t *hits = relation->kind == RELATION_SUPPORTS ? to->row->holds : to->row->fails;
        trial.table = relation_table(joint, from->row->holds, to->row->premise, hits);
        if (!from->at_once && !to->at_once)
            set_shares(&result, &trial);
        result.finding = relation->kind == RELATION_UNDERCUTS ? run_undercut(&trial) : run_shift(&trial);
        result.attacks = relation->kind != RELATION_SUPPORTS && result.finding == RELATION_GROUNDED && party_can_stand(from);
        if (relation->kind != RELATION_SUPPORTS && result.finding == RELATION_GROUNDED && !result.attacks)
            buffer_printf(&trial.why, "; but %.*s is %s, and attacks nothing", TEXT_ARGS(from->name), verdict_words[from->kind]);
    }
    result.why = trial.why.at;
    return result;
}
