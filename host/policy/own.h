// SPDX-License-Identifier: GPL-3.0-or-later
// Telephone numbers, addresses and domains that are the institution's own: they identify nobody. Private to host/policy.
#ifndef PRD_POLICY_OWN_H
#define PRD_POLICY_OWN_H

#include <stdbool.h>
#include <stddef.h>

#include "policy/pack_view.h"
#include "text/fold.h"
#include "text/identifiers.h"

/// Normal form under which own identifiers are stored and compared. Telephone numbers: digits, without a leading 1 of eleven.
/// E-mail addresses and domains: everything but spaces ("a-b.ca" is not "ab.ca"). Other kinds: letters and digits. Writes at most
/// `size_bytes` - 1 bytes and a NUL; false when it does not fit.
bool prd_own_normalise(enum prd_identifier_kind kind, const char *folded, size_t length_bytes, char *out,
                       size_t size_bytes);

/// True when the identifier is one of the pack's own: the same telephone number (with or without a leading 1), the same
/// e-mail address or one under an own domain, the same postal code.
bool prd_identifier_is_own(const struct prd_pack *pack, const struct prd_folded *folded,
                           const struct prd_identifier *identifier);

/// Domains that a workstation allows beside the institution's own; none when `count` is 0.
struct prd_allowed_domains {
  const char *const *items; ///< "quebec.ca"
  size_t count;
};

/// True when `length_bytes` folded bytes of a link (a PRD_TOKEN_LINK) lead to a domain that is neither the institution's own nor allowed,
/// nor below one of these. An e-mail address leads nowhere. What stands before an @ in a web address is not its domain.
bool prd_link_is_foreign(const struct prd_pack *pack, const struct prd_allowed_domains *allowed, const char *folded,
                         size_t length_bytes);

#endif
