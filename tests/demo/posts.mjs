// SPDX-License-Identifier: GPL-3.0-or-later
// What the demonstration types. Invented people; nothing here says what should be found: that is for the program to
// say.
export const POSTS = [
  "Mme Gervaise Bolduc de la chambre 312 a fait un AVC",
  "Belle première neige ce matin sur les plaines, bonne journée à tous",
  "Le NAM de la patiente est TEST 5412 2816, quelqu’un peut vérifier son dossier ?",
  "My patient Harold Wexford in room 214 just tested positive for HIV",
  "Au nom du CHU de Québec, je vous annonce que l’urgence ferme ses portes ce soir",
  "J’ai mon rendez-vous en oncologie mardi, souhaitez-moi bonne chance",
  "Mon chef de service est un crétin et un maudit incompétent",
  "Je trouve que nos horaires doivent changer, et j’appuie mon syndicat",
  "Document confidentiel du comité de direction : voici la liste des postes qui seront abolis",
  "So proud of the new library opening downtown this Saturday!",
  "Attends que je te croise dans le stationnement, je vais te casser la gueule",
  "Photo de la petite Maélie, 7 ans, hospitalisée en pédiatrie depuis lundi",
  "Rabais de 20 % sur mes bijoux faits main, écrivez-moi en privé pour commander",
  "Retourne dans ton pays, sale immigrant, on ne veut pas de toi dans notre hôpital",
  "On behalf of the CHU, I announce that the ER is closing tonight",
  "Voici une photo de ma patiente endormie dans son lit",
  "Our foster kid, placed by youth protection, is named Leo and goes to Beauport school",
  "Je viens de créer la page Facebook officielle du CHU de Québec",
  "The night nurse on our floor is a lazy idiot and everybody knows it",
  "Merci à toute l’équipe du centre pour la belle journée portes ouvertes !",
];
