// SPDX-License-Identifier: GPL-3.0-or-later
// What a terminal would obey instead of showing: a post, or a pack from elsewhere, must not write on the IT desk's screen.
#include "cli/cli.h"

size_t prd_cli_control(const char *text) {
  const unsigned char *at = (const unsigned char *)text;
  if (at[0] == '\0') return 0;
  if (at[0] < 0x20 || at[0] == 0x7F) return 1;
  if (at[0] == 0xC2 && at[1] >= 0x80 && at[1] < 0xA0) return 2; // C1 controls, CSI among them
  // Overrides of the writing direction (U+202A–202E, U+2066–2069) would show words in another order than they stand.
  if (at[0] == 0xE2 && at[1] == 0x80 && at[2] >= 0xAA && at[2] <= 0xAE) return 3;
  if (at[0] == 0xE2 && at[1] == 0x81 && at[2] >= 0xA6 && at[2] <= 0xA9) return 3;
  return 0;
}

void prd_cli_write(FILE *stream, const char *text) {
  while (*text != '\0') {
    const size_t control = *text == '\n' ? 0 : prd_cli_control(text);
    (void)fputc(control == 0 ? *text : ' ', stream);
    text += control == 0 ? 1 : control;
  }
}
