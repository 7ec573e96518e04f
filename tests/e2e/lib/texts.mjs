// SPDX-License-Identifier: GPL-3.0-or-later
// What people type in the tests. Invented names; none of these words may ever be found in the host's files.
export const PATIENT = "Mme Gervaise Bolduc de la chambre 312 a fait un AVC";
export const OTHER_PATIENT = "Notre patient Wilfrid Tardivel est séropositif, il est dans la chambre 418";
export const CLEAN = "Belle première neige ce matin sur les plaines 😀 bonne journée à tous";

/** Written nowhere but in a compose box. */
export const CANARIES = ["Gervaise", "Bolduc", "chambre 312", "Wilfrid", "Tardivel", "séropositif", "première neige"];
