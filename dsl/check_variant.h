// Makes the variants of all claims, once they are checked without mistakes; their diagnostics are dropped.
#ifndef DSL_CHECK_VARIANT_H
#define DSL_CHECK_VARIANT_H

struct checker;

void make_variants(struct checker *checker);

#endif
