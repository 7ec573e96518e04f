// SPDX-License-Identifier: GPL-3.0-or-later
// Everything that was found in one text, before any rule is weighed. Private to host/policy.
#ifndef PRD_POLICY_READING_H
#define PRD_POLICY_READING_H

#include "policy/hits.h"
#include "policy/metrics.h"
#include "policy/model.h"
#include "text/tokens.h"

struct prd_reading {
  struct prd_folded folded;
  struct prd_tokens tokens;
  struct prd_metrics metrics;
  struct prd_hit_index index;
  struct prd_model_reading model;
};

#endif
