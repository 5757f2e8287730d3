// The grammar of Crux. Actions only build; what words mean is for the checker.
%require "3.8"
%expect 0
%define api.pure full
%define api.prefix {grammar_yy}
%define api.token.prefix {T_}
%define api.token.raw
%define api.value.type union
%define api.location.type {struct span}
%define parse.error custom
%define parse.lac full
%define parse.trace
%param {void *scanner} {struct parse *p}

%code requires {
#include "grammar/build.h"
#include "grammar/state.h"

#define YYLLOC_DEFAULT(now, parts, count)                                          \
    do {                                                                           \
        (now).start = (count) ? YYRHSLOC(parts, 1).start : YYRHSLOC(parts, 0).end; \
        (now).end = YYRHSLOC(parts, count).end;                                    \
    } while (0)
}

%code provides {
// The names that flex has for the same types.
#define YYSTYPE GRAMMAR_YYSTYPE
#define YYLTYPE GRAMMAR_YYLTYPE

// Flex's function. grammar_yylex wraps it.
int grammar_scan(GRAMMAR_YYSTYPE *value, struct span *span, void *scanner);
}

%code {
#include "grammar/complain.h"
#include "grammar/literal.h"
#include "grammar/scan.h"

// A fixed stack: deep nesting is a mistake to report, not memory to find. Each of LIMIT_NESTING brackets takes up to some
// twenty places.
#define YYINITDEPTH 4000
#define YYMAXDEPTH 4000

static int grammar_yylex(GRAMMAR_YYSTYPE *value, struct span *span, void *scanner, struct parse *p);
static void grammar_yyerror(const struct span *span, void *scanner, struct parse *p, const char *message);

#define APPLY(span, op, op_span, a, b) build_operator(p, span, op, op_span, a, b)
}

%token END 0
%token START_FILE START_EXPRESSION START_SET
%token <struct expr *> NUMBER DATE HOLE
%token <struct unit_expr *> UNITS
%token NAME STRING URL
%token DOTS LE GE NE LT GT EQ PLUS MINUS STAR SLASH CARET COLON COMMA LPAREN RPAREN LBRACKET RBRACKET LBRACE RBRACE
%token AFTER AND AS ASSUME AT BASIS BEFORE BINDS BY CITE CLAIM CORRELATED DATA DEF DEFAULT DURING ELSE EVEN EVERY EXACTLY
%token EXPECT EXPIRES FALLS FORECAST FROM GIVEN HOLD IF IMPLIES IN INDEX INPUT INTERVAL IS LEAST LET LEVEL NOT OF ON OR OVER
%token PRESENT REBUTS RISES SCENARIO SET SOME SOURCE SUPPORTS THEN THROUGHOUT TIMELINE TO UNDER UNDERCUTS UNIT UNLESS
%token UNTIL USE VARIES WITH WITHIN

%type <struct name> word member alias from
%type <struct name_list> names members
%type <struct item_list> changes
%type <struct item *> item use source unit index timeline input let def set assume scenario claim default
%type <struct item *> source_parts scenario_parts input_parts head unit_parts
%type <struct declared> declared
%type <struct param_list> params def_params
%type <struct param> param def_param
%type <struct type_expr *> type declared_type
%type <struct unit_expr *> unit_type
%type <struct unit_factor> unit_word
%type <struct expr *> expr unl or and not post sum term unary power exponent primary ref loose settled value data spread label number
%type <struct expr *> present ref_member
%type <struct arg> arg entry
%type <struct arg_list> args some_args entries refs ref_members
%type <struct clause *> clause head_clause tail_clause
%type <struct clause_list> tail
%type <struct expect_under> expect_under
%type <bool> hold
%type <enum op> relation
%type <enum phrase> phrase window
%type <enum quantifier> quantifier

%start start

%%

start:
  START_FILE file
| START_EXPRESSION loose                { p->expr = $loose; }
| START_SET ref EQ value                { p->set = build_item(p, ITEM_SET, @$, (struct declared){0}, $value); p->set->target = $ref; }
;

// ---- statements ---------------------------------------------------------------------------------------------------------

// After an error, what follows is skipped up to the next word that starts a statement; each of those words ends the silence.
file:
  %empty
| file item                             { p->items = push_item(p, p->items, $item); }
| file error                            { note_error(p, @error); }
;

item: use | source | unit | index | timeline | input | let | def | set | assume | scenario | claim | default;

use_word:      USE                      { yyerrok; };
source_word:   SOURCE                   { yyerrok; };
unit_word_:    UNIT                     { yyerrok; };
index_word:    INDEX                    { yyerrok; };
timeline_word: TIMELINE                 { yyerrok; };
input_word:    INPUT                    { yyerrok; };
let_word:      LET                      { yyerrok; };
def_word:      DEF                      { yyerrok; };
set_word:      SET                      { yyerrok; };
assume_word:   ASSUME                   { yyerrok; };
scenario_word: SCENARIO                 { yyerrok; };
claim_word:    CLAIM                    { yyerrok; };
default_word:  DEFAULT                  { yyerrok; };

use:
  use_word STRING alias                 { $$ = with_text(p, begin_item(p, ITEM_USE, @$), @STRING); $$->as = $alias; }
| use_word word alias                   { $$ = begin_item(p, ITEM_USE, @$); $$->name = $word; $$->as = $alias; }
| use_word FORECAST alias               { $$ = begin_item(p, ITEM_USE, @$); $$->name = name_at(p, @FORECAST); $$->as = $alias; }
;

alias:
  %empty                                { $$ = (struct name){0}; }
| AS word                               { $$ = $word; }
;

source:
  source_word word source_parts         { $$ = finish_item($source_parts, @$, (struct declared){.name = $word}, NULL); }
;

source_parts:
  %empty                                { $$ = begin_item(p, ITEM_SOURCE, @$); }
| source_parts[a] STRING                { $$ = with_text(p, $a, @STRING); }
| source_parts[a] BY STRING             { $$ = with_by(p, $a, (struct span){@BY.start, @STRING.end}, @STRING); }
| source_parts[a] ON sum                { $$ = with_on(p, $a, $sum); }
| source_parts[a] URL                   { $$ = with_url(p, $a, @URL); }
;

unit:
  unit_word_ word unit_parts            { $$ = finish_item($unit_parts, @$, (struct declared){.name = $word}, NULL); }
| unit_word_ word unit_parts EQ sum     { $$ = finish_item($unit_parts, @$, (struct declared){.name = $word}, $sum); }
;

unit_parts:
  %empty                                { $$ = begin_item(p, ITEM_UNIT, @$); }
| unit_parts[a] STRING                  { $$ = with_text(p, $a, @STRING); }
;

index:
  index_word word EQ members            { $$ = begin_item(p, ITEM_INDEX, @$); $$->name = $word; $$->names = $members; }
| index_word word EQ data               { $$ = begin_item(p, ITEM_INDEX, @$); $$->name = $word; $$->value = $data; }
;

members:
  member                                { $$ = push_name(p, (struct name_list){0}, $member); }
| members[a] COMMA member               { $$ = push_name(p, $a, $member); }
;

timeline:
  timeline_word sum[a] DOTS sum[b] BY word present
                                        {
                                            $$ = begin_item(p, ITEM_TIMELINE, @$);
                                            $$->from = $a;
                                            $$->to = $b;
                                            $$->name = $word;
                                            $$->present = $present;
                                        }
;

present:
  %empty                                { $$ = NULL; }
| COMMA PRESENT sum                     { $$ = $sum; }
| COMMA PRESENT DATA                    { $$ = build_data(p, @DATA, (struct text){0}, (struct name){0}, false); }
;

input:
  input_word declared declared_type EQ value input_parts
                                        {
                                            $$ = finish_item($input_parts, @$, $declared, $value);
                                            $$->type = $declared_type;
                                        }
;

input_parts:
  %empty                                { $$ = begin_item(p, ITEM_INPUT, @$); }
| input_parts[a] STRING                 { $$ = with_text(p, $a, @STRING); }
| input_parts[a] clause                 { $$ = with_clause(p, $a, $clause); }
;

clause:
  CITE names                            { $$ = named_clause(p, CLAUSE_CITE, @$, (struct name){0}, $names); }
| AS OF sum                             { $$ = build_clause(p, CLAUSE_AS_OF, @$, NULL, $sum); }
| EXPIRES sum                           { $$ = build_clause(p, CLAUSE_EXPIRES, @$, NULL, $sum); }
| INTERVAL sum                          { $$ = build_clause(p, CLAUSE_INTERVAL, @$, NULL, $sum); }
| WITHIN sum[a] DOTS sum[b]             { $$ = build_clause(p, CLAUSE_WITHIN, @$, NULL,
                                                            build_three(p, EXPR_RANGE, (struct span){@a.start, @b.end}, $a, $b, NULL)); }
| VARIES BY word                        { $$ = named_clause(p, CLAUSE_VARIES, @$, $word, (struct name_list){0}); }
| CORRELATED WITH ref unary             { $$ = build_clause(p, CLAUSE_CORRELATED, @$, $ref, $unary); }
| BASIS word                            { $$ = named_clause(p, CLAUSE_BASIS, @$, $word, (struct name_list){0}); }
;

let:
  let_word declared declared_type EQ settled
                                        {
                                            $$ = build_item(p, ITEM_LET, @$, $declared, $settled);
                                            $$->type = $declared_type;
                                        }
;

def:
  def_word word LPAREN def_params RPAREN EQ expr
                                        { $$ = build_item(p, ITEM_DEF, @$, (struct declared){$word, $def_params}, $expr); }
;

def_params:
  def_param                             { $$ = push_param(p, (struct param_list){0}, $def_param); }
| def_params[a] COMMA def_param         { $$ = push_param(p, $a, $def_param); }
;

def_param:
  word                                  { $$ = (struct param){.name = $word}; }
| word COLON type                       { $$ = typed_param($word, $type); }
;

set:
  set_word ref EQ value                 { $$ = build_item(p, ITEM_SET, @$, (struct declared){0}, $value); $$->target = $ref; }
;

assume:
  assume_word expr                      { $$ = build_item(p, ITEM_ASSUME, @$, (struct declared){0}, $expr); }
| assume_word word COLON expr           { $$ = build_item(p, ITEM_ASSUME, @$, (struct declared){.name = $word}, $expr); }
;

scenario:
  scenario_word word scenario_parts LBRACE changes RBRACE
                                        {
                                            $$ = finish_item($scenario_parts, @$, (struct declared){.name = $word}, NULL);
                                            $$->items = $changes.first;
                                        }
;

scenario_parts:
  %empty                                { $$ = begin_item(p, ITEM_SCENARIO, @$); }
| scenario_parts[a] STRING              { $$ = with_text(p, $a, @STRING); }
| scenario_parts[a] BY STRING           { $$ = with_by(p, $a, (struct span){@BY.start, @STRING.end}, @STRING); }
;

changes:
  %empty                                { $$ = (struct item_list){0}; }
| changes[a] set                        { $$ = push_item(p, $a, $set); }
| changes[a] assume                     { $$ = push_item(p, $a, $assume); }
;

default:
  default_word LEVEL sum                { $$ = build_item(p, ITEM_DEFAULT, @$, (struct declared){.name = name_at(p, @LEVEL)}, $sum); }
| default_word INTERVAL sum             { $$ = build_item(p, ITEM_DEFAULT, @$, (struct declared){.name = name_at(p, @INTERVAL)}, $sum); }
;

// ---- claims -------------------------------------------------------------------------------------------------------------

claim:
  claim_word declared head tail         { $$ = finish_claim(p, $head, $tail, @$, $declared, NULL); }
| claim_word declared head COLON expr tail
                                        { $$ = finish_claim(p, $head, $tail, @$, $declared, $expr); }
| claim_word declared head COLON error tail
                                        { $$ = finish_claim(p, $head, $tail, @$, $declared, ast_error(p->arena, @error)); }
;

head:
  %empty                                { $$ = begin_item(p, ITEM_CLAIM, @$); }
| head[a] STRING                        { $$ = with_text(p, $a, @STRING); }
| head[a] BY STRING                     { $$ = with_by(p, $a, (struct span){@BY.start, @STRING.end}, @STRING); }
| head[a] IN word                       { $$ = with_in(p, $a, $word); }
| head[a] ON sum                        { $$ = with_on(p, $a, $sum); }
| head[a] head_clause                   { $$ = with_clause(p, $a, $head_clause); }
;

head_clause:
  CITE names                            { $$ = named_clause(p, CLAUSE_CITE, @$, (struct name){0}, $names); }
| UNDER names                           { $$ = named_clause(p, CLAUSE_UNDER, @$, (struct name){0}, $names); }
| UNDER FORECAST word                   { $$ = named_clause(p, CLAUSE_UNDER, @$, $word, (struct name_list){0}); }
| WITH ref EQ value                     { $$ = build_clause(p, CLAUSE_WITH, @$, $ref, $value); }
;

tail:
  %empty                                { $$ = (struct clause_list){0}; }
| tail[a] tail_clause                   { $$ = push_clause(p, $a, $tail_clause); }
;

tail_clause:
  LEVEL sum                             { $$ = build_clause(p, CLAUSE_LEVEL, @$, NULL, $sum); }
| EVEN IF expr                          { $$ = build_clause(p, CLAUSE_EVEN_IF, @$, NULL, $expr); }
| SUPPORTS names                        { $$ = named_clause(p, CLAUSE_SUPPORTS, @$, (struct name){0}, $names); }
| REBUTS names                          { $$ = named_clause(p, CLAUSE_REBUTS, @$, (struct name){0}, $names); }
| UNDERCUTS names                       { $$ = named_clause(p, CLAUSE_UNDERCUTS, @$, (struct name){0}, $names); }
| EXPECT word expect_under              { $$ = expect_clause(p, @$, $word, (struct arg_list){0}, $expect_under); }
| EXPECT word TO refs expect_under      { $$ = expect_clause(p, @$, $word, $refs, $expect_under); }
;

expect_under:
  %empty                                { $$ = (struct expect_under){0}; }
| UNDER word                            { $$ = (struct expect_under){.scenario = $word}; }
| UNDER FORECAST word                   { $$ = (struct expect_under){.forecast = $word}; }
| UNDER word[s] UNDER FORECAST word[f]  { $$ = (struct expect_under){$s, $f}; }
;

refs:
  ref                                   { $$ = push_value(p, (struct arg_list){0}, $ref); }
| refs[a] COMMA ref                     { $$ = push_value(p, $a, $ref); }
;

// ---- names and types ----------------------------------------------------------------------------------------------------

// Words with a meaning only in their place may name things.
word:
  NAME                                  { $$ = name_at(p, @1); }
| BASIS                                 { $$ = name_at(p, @1); }
| HOLD                                  { $$ = name_at(p, @1); }
| INTERVAL                              { $$ = name_at(p, @1); }
| LEVEL                                 { $$ = name_at(p, @1); }
| PRESENT                               { $$ = name_at(p, @1); }
;

// Members and labels may also be some of the words that start statements.
member:
  word
| other_word                            { $$ = name_at(p, @1); }
;

other_word: DATA | SOURCE | UNIT | INDEX | INPUT | FORECAST | SCENARIO | DEFAULT;

names:
  word                                  { $$ = push_name(p, (struct name_list){0}, $word); }
| names[a] COMMA word                   { $$ = push_name(p, $a, $word); }
;

declared:
  word                                  { $$ = (struct declared){.name = $word}; }
| word LBRACKET params RBRACKET         { $$ = (struct declared){$word, $params}; }
;

params:
  param                                 { $$ = push_param(p, (struct param_list){0}, $param); }
| params[a] COMMA param                 { $$ = push_param(p, $a, $param); }
;

param:
  member                                { $$ = (struct param){.name = $member}; }
| word[v] IN word[s]                    { $$ = (struct param){.name = $v, .set = $s}; }
;

declared_type:
  %empty                                { $$ = NULL; }
| COLON type                            { $$ = $type; }
;

type:
  unit_type                             { $$ = build_type(p, $unit_type, @$); }
;

unit_type:
  unit_word                             { $$ = unit_times(p, NULL, $unit_word, false, @$); }
| NUMBER                                { $$ = unit_one(p, $NUMBER, @$); }
| NUMBER UNITS                          { $$ = unit_one(p, $NUMBER, @$) != NULL ? $UNITS : NULL; }
| unit_type[a] STAR unit_word           { $$ = unit_times(p, $a, $unit_word, false, @$); }
| unit_type[a] SLASH unit_word          { $$ = unit_times(p, $a, $unit_word, true, @$); }
;

unit_word:
  word                                  { $$ = unit_factor_of(p, $word, NULL, false, @$); }
| word CARET NUMBER                     { $$ = unit_factor_of(p, $word, $NUMBER, false, @$); }
| word CARET MINUS NUMBER               { $$ = unit_factor_of(p, $word, $NUMBER, true, @$); }
;

// ---- right sides of inputs: sums, so that the clauses behind them can begin with words such as `within` and `in` ----------

value:
  sum
| spread
| data
| LPAREN entries RPAREN                 { $$ = build_list(p, EXPR_TABLE, @$, $entries); }
;

// The right side of a `let`.
settled:
  expr
| LPAREN entries RPAREN                 { $$ = build_list(p, EXPR_TABLE, @$, $entries); }
;

// What `crux eval` takes.
loose: expr | spread | data;

spread:
  sum[a] DOTS sum[b]                    { $$ = build_three(p, EXPR_RANGE, @$, $a, $b, NULL); }
| sum[a] DOTS sum[b] DOTS sum[c]        { $$ = build_three(p, EXPR_RANGE, @$, $a, $b, $c); }
| sum[a] TO sum[b]                      { $$ = build_three(p, EXPR_SPREAD, @$, $a, $b, NULL); }
| sum[a] TO sum[b] TO sum[c]            { $$ = build_three(p, EXPR_SPREAD, @$, $a, $b, $c); }
;

data:
  DATA STRING from hold                 { $$ = build_data(p, @$, read_string(p, @STRING), $from, $hold); }
;

from:
  %empty                                { $$ = (struct name){0}; }
| FROM word                             { $$ = $word; }
;

hold:
  %empty                                { $$ = false; }
| HOLD                                  { $$ = true; }
;

entries:
  entry                                 { $$ = push_arg(p, (struct arg_list){0}, $entry); }
| entries[a] COMMA entry                { $$ = push_arg(p, $a, $entry); }
;

entry:
  label COLON value                     { $$ = (struct arg){.label = $label, .value = $value}; }
;

label:
  word                                  { $$ = build_ref(p, @$, $word, (struct arg_list){0}); }
| other_word                            { $$ = build_ref(p, @$, name_at(p, @1), (struct arg_list){0}); }
| NUMBER
| DATE
;

// ---- expressions, loosest first -----------------------------------------------------------------------------------------

expr:
  unl
| unl[a] IMPLIES expr[b]                { $$ = APPLY(@$, OP_IMPLIES, @IMPLIES, $a, $b); }
| quantifier word[v] IN word[s] COLON expr[a]
                                        { $$ = build_quantified(p, @$, $quantifier, NULL, (struct param){.name = $v, .set = $s}, $a); }
| EXACTLY number[n] word[v] IN word[s] COLON expr[a]
                                        { $$ = build_quantified(p, @$, QUANTIFIER_EXACTLY, $n, (struct param){.name = $v, .set = $s}, $a); }
| IF expr[a] THEN expr[b] ELSE expr[c]  { $$ = build_three(p, EXPR_IF, @$, $a, $b, $c); }
;

quantifier:
  EVERY                                 { $$ = QUANTIFIER_EVERY; }
| SOME                                  { $$ = QUANTIFIER_SOME; }
;

number: NUMBER;

unl:
  or
| unl[a] UNLESS or[b]                   { $$ = APPLY(@$, OP_UNLESS, @UNLESS, $a, $b); }
;

or:
  and
| or[a] OR and[b]                       { $$ = APPLY(@$, OP_OR, @OR, $a, $b); }
;

and:
  not
| and[a] AND not[b]                     { $$ = APPLY(@$, OP_AND, @AND, $a, $b); }
;

not:
  post
| NOT not[a]                            { $$ = APPLY(@$, OP_NOT, @NOT, $a, NULL); }
;

// Comparisons and phrases, from left to right.
post:
  sum
| post[a] relation sum[b]               { $$ = build_compare(p, @$, $relation, @relation, $a, $b); }
| post[a] IN sum[b] DOTS sum[c]         { $$ = build_third(p, APPLY(@$, OP_IN_RANGE, @IN, $a, $b), $c); }
| post[a] IN sum[b]                     { $$ = APPLY(@$, OP_IN_SET, @IN, $a, $b); }
| post[a] WITHIN sum[b] OF sum[c]       { $$ = build_third(p, APPLY(@$, OP_WITHIN, @WITHIN, $a, $b), $c); }
| post[a] IS ref_member[b]              { $$ = APPLY(@$, OP_IS, @IS, $a, $b); }
| post[a] IS NOT ref_member[b]          { $$ = APPLY(@$, OP_IS_NOT, @IS, $a, $b); }
| post[a] RISES WITH ref[b]             { $$ = APPLY(@$, OP_RISES, @RISES, $a, $b); }
| post[a] FALLS WITH ref[b]             { $$ = APPLY(@$, OP_FALLS, @FALLS, $a, $b); }
| post[a] BINDS ref[b]                  { $$ = APPLY(@$, OP_BINDS, @BINDS, $a, $b); }
| post[a] phrase sum[b]                 { $$ = build_time(p, @$, $phrase, @phrase, $a, $b); }
| post[a] window sum[b]                 { $$ = build_time(p, @$, $window, @window, $a, $b); }
| post[a] window sum[b] DOTS sum[c]     { $$ = build_third(p, build_time(p, @$, $window, @window, $a, $b), $c); }
| post[a] UNDER word                    { $$ = build_under(p, @$, @UNDER, $a, $word); }
;

relation:
  LT                                    { $$ = OP_LT; }
| LE                                    { $$ = OP_LE; }
| GT                                    { $$ = OP_GT; }
| GE                                    { $$ = OP_GE; }
| EQ                                    { $$ = OP_EQ; }
| NE                                    { $$ = OP_NE; }
;

phrase:
  AT                                    { $$ = PHRASE_AT; }
| BY                                    { $$ = PHRASE_BY; }
| BEFORE                                { $$ = PHRASE_BEFORE; }
| AFTER                                 { $$ = PHRASE_AFTER; }
| FROM                                  { $$ = PHRASE_FROM; }
| UNTIL                                 { $$ = PHRASE_UNTIL; }
;

window:
  DURING                                { $$ = PHRASE_DURING; }
| THROUGHOUT                            { $$ = PHRASE_THROUGHOUT; }
;

sum:
  term
| sum[a] PLUS term[b]                   { $$ = APPLY(@$, OP_ADD, @PLUS, $a, $b); }
| sum[a] MINUS term[b]                  { $$ = APPLY(@$, OP_SUB, @MINUS, $a, $b); }
;

term:
  unary
| term[a] STAR unary[b]                 { $$ = APPLY(@$, OP_MUL, @STAR, $a, $b); }
| term[a] SLASH unary[b]                { $$ = APPLY(@$, OP_DIV, @SLASH, $a, $b); }
;

unary:
  power
| MINUS unary[a]                        { $$ = APPLY(@$, OP_NEG, @MINUS, $a, NULL); }
;

power:
  primary
| primary[a] CARET exponent[b]          { $$ = APPLY(@$, OP_POW, @CARET, $a, $b); }
;

exponent:
  power
| MINUS exponent[a]                     { $$ = APPLY(@$, OP_NEG, @MINUS, $a, NULL); }
;

primary:
  NUMBER
| NUMBER UNITS                          { $$ = build_quantity($NUMBER, $UNITS, @$); }
| DATE
| HOLE
| ref
| word LPAREN args RPAREN               { $$ = build_call(p, @$, $word, $args); }
| LPAREN expr RPAREN                    { $$ = in_parentheses($expr, @$); }
| AT LEAST number[n] OF LPAREN some_args[args] RPAREN
                                        { $$ = build_counted(p, @$, QUANTIFIER_AT_LEAST, $n, $args); }
| EXACTLY number[n] OF LPAREN some_args[args] RPAREN
                                        { $$ = build_counted(p, @$, QUANTIFIER_EXACTLY, $n, $args); }
;

ref:
  word                                  { $$ = build_ref(p, @$, $word, (struct arg_list){0}); }
| word LBRACKET ref_members RBRACKET    { $$ = build_ref(p, @$, $word, $ref_members); }
;

ref_members:
  ref_member                            { $$ = push_value(p, (struct arg_list){0}, $ref_member); }
| ref_members[a] COMMA ref_member       { $$ = push_value(p, $a, $ref_member); }
;

ref_member:
  member                                { $$ = build_ref(p, @$, $member, (struct arg_list){0}); }
| HOLE
;

args:
  %empty                                { $$ = (struct arg_list){0}; }
| some_args
;

some_args:
  arg                                   { $$ = push_arg(p, (struct arg_list){0}, $arg); }
| some_args[a] COMMA arg                { $$ = push_arg(p, $a, $arg); }
;

arg:
  loose                                 { $$ = (struct arg){.value = $loose}; }
| expr[a] GIVEN expr[b]                 { $$ = (struct arg){.value = $a, .given = $b}; }
| expr OVER word[v] IN word[s]          { $$ = (struct arg){.value = $expr, .over = $v, .in = $s}; }
| label COLON loose                     { $$ = (struct arg){.label = $label, .value = $loose}; }
;

%%

static int grammar_yylex(GRAMMAR_YYSTYPE *value, struct span *span, void *scanner, struct parse *p)
{
    if (p->start_token != 0) {
        int token = p->start_token;
        p->start_token = 0;
        return token;
    }
    int token = p->stopped ? T_END : grammar_scan(value, span, scanner);
    if (token == T_END)
        *span = (struct span){p->offset, p->offset};
    return scan_note(p, token, *span);
}

static int yyreport_syntax_error(const yypcontext_t *context, void *scanner, struct parse *p)
{
    (void)scanner;
    yysymbol_kind_t kinds[YYNTOKENS];
    int tokens[YYNTOKENS];
    int count = yypcontext_expected_tokens(context, kinds, YYNTOKENS);
    for (int i = 0; i < count; i++)
        tokens[i] = (int)kinds[i]; // api.token.raw: kinds and tokens are the same numbers
    complain(p, tokens, count > 0 ? count : 0);
    return 0;
}

// Bison calls this when its stack is full.
static void grammar_yyerror(const struct span *span, void *scanner, struct parse *p, const char *message)
{
    (void)scanner;
    (void)message;
    complain_of_depth(p, *span);
}
