// SPDX-License-Identifier: GPL-3.0-or-later
// URLs, bare domains and e-mail addresses in a folded text.
#ifndef PRD_TEXT_LINKS_H
#define PRD_TEXT_LINKS_H

#include <stddef.h>

#include "text/fold.h"

/// What earlier attempts learned, so that a text made of dots is read once and not once per dot. Initialise with `{0}`
/// and call with increasing positions.
struct prd_link_memory {
  size_t no_domain_before; ///< no bare domain begins before this byte
  size_t no_email_before;  ///< no e-mail address begins before this byte
};

/// End (exclusive) of the link that begins exactly at byte `begin`, the first byte of a word, or 0 when there is none: a
/// URL with a scheme, `www.` and what follows, a bare domain of a well-known top-level domain with its path, an e-mail
/// address. The punctuation that follows a link in a sentence is not part of it.
size_t prd_link_end(const struct prd_folded *folded, size_t begin, struct prd_link_memory *memory);

/// End (exclusive) of the e-mail address that begins exactly at byte `begin`, or 0. The local part has at most 64 bytes
/// (RFC 5321, 4.5.3.1.1), the domain at least two labels, of which the last has at least two letters.
size_t prd_email_end(const struct prd_folded *folded, size_t begin);

/// End (exclusive) of the run that starts at `begin` and goes to the next space, line end, quotation mark or angle
/// bracket, without the punctuation that closes a sentence.
size_t prd_link_run_end(const struct prd_folded *folded, size_t begin);

#endif
