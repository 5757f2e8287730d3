#include "base/digest.h"

#include <inttypes.h>
#include <math.h>
#include <string.h>

#include "base/buffer.h"

struct digest digest_nothing(void)
{
    return (struct digest){0x6c62272e07bb0142u, 0x62b821756295c58du};
}

// Times 2^88 + 0x13b, modulo 2^128.
static struct digest times_prime(struct digest digest)
{
    const uint64_t factor = 0x13b, lower = (digest.low & 0xffffffffu) * factor, upper = (digest.low >> 32) * factor + (lower >> 32);
    return (struct digest){digest.high * factor + (upper >> 32) + (digest.low << 24), upper << 32 | (lower & 0xffffffffu)};
}

struct digest digest_bytes(struct digest digest, const void *bytes, size_t count)
{
    const unsigned char *at = bytes;
    for (size_t i = 0; i < count; i++) {
        digest.low ^= at[i];
        digest = times_prime(digest);
    }
    return digest;
}

// Least byte first, so that a digest is the same on every machine.
struct digest digest_whole(struct digest digest, uint64_t value)
{
    unsigned char bytes[8];
    for (size_t i = 0; i < sizeof bytes; i++)
        bytes[i] = (unsigned char)(value >> 8 * i & 0xff);
    return digest_bytes(digest, bytes, sizeof bytes);
}

struct digest digest_text(struct digest digest, struct text text)
{
    return digest_bytes(digest_whole(digest, text.length), text.at, text.length);
}

struct digest digest_number(struct digest digest, double value)
{
    uint64_t bits;
    value = isnan(value) ? NAN : value == 0 ? 0 : value;
    memcpy(&bits, &value, sizeof bits);
    return digest_whole(digest, bits);
}

struct digest digest_digest(struct digest digest, struct digest part)
{
    return digest_whole(digest_whole(digest, part.high), part.low);
}

struct digest digest_sum(struct digest a, struct digest b)
{
    const uint64_t low = a.low + b.low;
    return (struct digest){a.high + b.high + (low < a.low), low};
}

int digest_compare(struct digest a, struct digest b)
{
    if (a.high != b.high)
        return a.high < b.high ? -1 : 1;
    return (a.low > b.low) - (a.low < b.low);
}

const char *digest_words(struct arena *arena, struct digest digest)
{
    return arena_printf(arena, "%016" PRIx64 "%016" PRIx64, digest.high, digest.low);
}
