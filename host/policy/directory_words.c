// SPDX-License-Identifier: GPL-3.0-or-later
// Each table is in the order of strcmp (tests/unit/test_directory.c holds it).
#include "policy/directory_words.h"

#include <string.h>

#define ROWS(table) (sizeof(table) / sizeof(table)[0])

// As many rows in a line as fit.
// clang-format off
static const struct title {
  const char *word;
  enum prd_title kind;
} titles[] = {
    {"adjoint", PRD_TITLE_PLAIN}, {"adjointe", PRD_TITLE_PLAIN}, {"agent", PRD_TITLE_PLAIN},
    {"agente", PRD_TITLE_PLAIN}, {"ambulancier", PRD_TITLE_PLAIN}, {"ambulanciere", PRD_TITLE_PLAIN},
    {"anesthesiste", PRD_TITLE_PLAIN}, {"assistant", PRD_TITLE_PLAIN}, {"assistante", PRD_TITLE_PLAIN},
    {"bibliothecaire", PRD_TITLE_PLAIN}, {"boss", PRD_TITLE_CAPITAL}, {"brancardier", PRD_TITLE_PLAIN},
    {"brancardiere", PRD_TITLE_PLAIN}, {"cardiologue", PRD_TITLE_PLAIN}, {"charge", PRD_TITLE_PLAIN},
    {"chargee", PRD_TITLE_PLAIN}, {"chef", PRD_TITLE_CAPITAL}, {"cheffe", PRD_TITLE_CAPITAL},
    {"chirurgien", PRD_TITLE_PLAIN}, {"chirurgienne", PRD_TITLE_PLAIN}, {"coach", PRD_TITLE_PLAIN},
    {"collegue", PRD_TITLE_PLAIN}, {"commis", PRD_TITLE_PLAIN}, {"concierge", PRD_TITLE_PLAIN},
    {"conseiller", PRD_TITLE_PLAIN}, {"conseillere", PRD_TITLE_PLAIN}, {"coordinator", PRD_TITLE_PLAIN},
    {"coordonnateur", PRD_TITLE_PLAIN}, {"coordonnatrice", PRD_TITLE_PLAIN}, {"counsellor", PRD_TITLE_PLAIN},
    {"counselor", PRD_TITLE_PLAIN}, {"coworker", PRD_TITLE_PLAIN}, {"dame", PRD_TITLE_CAPITAL},
    {"directeur", PRD_TITLE_PLAIN}, {"director", PRD_TITLE_PLAIN}, {"directrice", PRD_TITLE_PLAIN},
    {"doc", PRD_TITLE_PLAIN}, {"docteur", PRD_TITLE_PLAIN}, {"docteure", PRD_TITLE_PLAIN},
    {"doctor", PRD_TITLE_PLAIN}, {"doyen", PRD_TITLE_PLAIN}, {"doyenne", PRD_TITLE_PLAIN}, {"dr", PRD_TITLE_PLAIN},
    {"dre", PRD_TITLE_PLAIN}, {"drs", PRD_TITLE_PLAIN}, {"educateur", PRD_TITLE_PLAIN},
    {"educatrice", PRD_TITLE_PLAIN}, {"enseignant", PRD_TITLE_PLAIN}, {"enseignante", PRD_TITLE_PLAIN},
    {"ergotherapeute", PRD_TITLE_PLAIN}, {"frere", PRD_TITLE_CAPITAL}, {"garde", PRD_TITLE_CAPITAL},
    {"gestionnaire", PRD_TITLE_PLAIN}, {"gynecologue", PRD_TITLE_PLAIN}, {"inf", PRD_TITLE_PLAIN},
    {"infirmier", PRD_TITLE_PLAIN}, {"infirmiere", PRD_TITLE_PLAIN}, {"ingenieur", PRD_TITLE_PLAIN},
    {"ingenieure", PRD_TITLE_PLAIN}, {"inhalotherapeute", PRD_TITLE_PLAIN}, {"intervenant", PRD_TITLE_PLAIN},
    {"intervenante", PRD_TITLE_PLAIN}, {"m", PRD_TITLE_PLAIN}, {"madame", PRD_TITLE_PLAIN},
    {"mademoiselle", PRD_TITLE_PLAIN}, {"maitre", PRD_TITLE_CAPITAL}, {"manager", PRD_TITLE_PLAIN},
    {"me", PRD_TITLE_CAPITAL}, {"mere", PRD_TITLE_CAPITAL}, {"mesdames", PRD_TITLE_PLAIN},
    {"messieurs", PRD_TITLE_PLAIN}, {"miss", PRD_TITLE_PLAIN}, {"mister", PRD_TITLE_PLAIN}, {"mlle", PRD_TITLE_PLAIN},
    {"mme", PRD_TITLE_PLAIN}, {"mmes", PRD_TITLE_PLAIN}, {"monsieur", PRD_TITLE_PLAIN}, {"mr", PRD_TITLE_PLAIN},
    {"mrs", PRD_TITLE_PLAIN}, {"ms", PRD_TITLE_PLAIN}, {"nurse", PRD_TITLE_PLAIN},
    {"nutritionniste", PRD_TITLE_PLAIN}, {"orthophoniste", PRD_TITLE_PLAIN}, {"paramedic", PRD_TITLE_PLAIN},
    {"patron", PRD_TITLE_CAPITAL}, {"patronne", PRD_TITLE_CAPITAL}, {"pediatre", PRD_TITLE_PLAIN},
    {"pere", PRD_TITLE_CAPITAL}, {"pharmacien", PRD_TITLE_PLAIN}, {"pharmacienne", PRD_TITLE_PLAIN},
    {"physiotherapeute", PRD_TITLE_PLAIN}, {"pr", PRD_TITLE_CAPITAL}, {"pre", PRD_TITLE_CAPITAL},
    {"prepose", PRD_TITLE_PLAIN}, {"preposee", PRD_TITLE_PLAIN}, {"principal", PRD_TITLE_PLAIN},
    {"prof", PRD_TITLE_PLAIN}, {"professeur", PRD_TITLE_PLAIN}, {"professeure", PRD_TITLE_PLAIN},
    {"professor", PRD_TITLE_PLAIN}, {"psychiatre", PRD_TITLE_PLAIN}, {"psychoeducateur", PRD_TITLE_PLAIN},
    {"psychoeducatrice", PRD_TITLE_PLAIN}, {"psychologue", PRD_TITLE_PLAIN}, {"radiologiste", PRD_TITLE_PLAIN},
    {"receptionniste", PRD_TITLE_PLAIN}, {"recteur", PRD_TITLE_PLAIN}, {"rectrice", PRD_TITLE_PLAIN},
    {"resident", PRD_TITLE_PLAIN}, {"residente", PRD_TITLE_PLAIN}, {"secretaire", PRD_TITLE_PLAIN},
    {"sieur", PRD_TITLE_CAPITAL}, {"sir", PRD_TITLE_CAPITAL}, {"sociale", PRD_TITLE_PLAIN},
    {"sociologue", PRD_TITLE_PLAIN}, {"soeur", PRD_TITLE_CAPITAL}, {"superviseur", PRD_TITLE_PLAIN},
    {"superviseure", PRD_TITLE_PLAIN}, {"supervisor", PRD_TITLE_PLAIN}, {"surveillant", PRD_TITLE_PLAIN},
    {"surveillante", PRD_TITLE_PLAIN}, {"teacher", PRD_TITLE_PLAIN}, {"technicien", PRD_TITLE_PLAIN},
    {"technicienne", PRD_TITLE_PLAIN}, {"therapeute", PRD_TITLE_PLAIN}, {"therapist", PRD_TITLE_PLAIN},
    {"titulaire", PRD_TITLE_PLAIN}, {"tuteur", PRD_TITLE_PLAIN}, {"tutrice", PRD_TITLE_PLAIN},
};

// Family and first names that a text also holds as words.
static const char *const common[] = {
    "abbe", "abri", "aime", "aimee", "allemand", "amber", "ambre", "ami", "amour", "amoureux", "ange", "angel",
    "angelique", "anglais", "aout", "april", "art", "autumn", "avril", "baker", "ball", "bank", "banks", "bar",
    "barber", "baril", "baron", "barre", "barrette", "bass", "bean", "bear", "beau", "bell", "belle", "berger",
    "berry", "best", "bill", "bird", "bishop", "black", "blanc", "blanche", "blond", "blue", "bob", "boeuf", "bois",
    "bon", "bond", "bone", "bonte", "booth", "boss", "boucher", "boulanger", "bourgeois", "bourgogne", "bowl", "box",
    "boy", "branch", "bread", "breton", "bridge", "bridges", "brisebois", "brook", "brooks", "brossard", "brown",
    "brun", "bull", "bureau", "burn", "burns", "bush", "butcher", "butler", "cadet", "cage", "caillou", "camp",
    "canard", "cannon", "capitaine", "capucine", "cardinal", "carmen", "carol", "carpenter", "carre", "carrier",
    "carter", "case", "cash", "casse", "castle", "celeste", "cerf", "cerise", "chambly", "champ", "champagne",
    "champs", "chance", "charpentier", "chase", "chateau", "chene", "chevalier", "chevreuil", "child", "christian",
    "christmas", "church", "ciel", "clair", "claire", "clay", "clemence", "clement", "clerc", "close", "cloud",
    "coach", "colombe", "combe", "comte", "constance", "contant", "content", "cook", "cooper", "coq", "corbeil",
    "corbeille", "corn", "cote", "cotton", "cousin", "cousins", "couture", "crane", "croix", "cross", "crow", "crown",
    "curry", "dale", "damour", "damours", "daphne", "dawn", "day", "days", "dean", "dear", "delamer", "demeure",
    "desbois", "desire", "desiree", "desjardins", "desrochers", "dew", "diamond", "dick", "dieu", "dore", "doucet",
    "douceur", "doux", "dove", "downs", "doyen", "dragon", "drapeau", "drew", "drive", "droit", "drum", "dube",
    "dubois", "duc", "duchateau", "duchesne", "dufour", "dufresne", "duke", "dulac", "dumoulin", "dupont", "dupuis",
    "early", "east", "eclair", "ecuyer", "england", "english", "epine", "esperance", "etang", "etoile", "eve",
    "eveque", "faith", "falls", "farmer", "fast", "faucon", "felicite", "ferme", "field", "fields", "fils", "finch",
    "fish", "fisher", "flamand", "flamme", "fleur", "fleury", "flint", "flood", "florence", "flower", "flowers",
    "foi", "fold", "folk", "fontaine", "foot", "force", "ford", "fore", "forest", "foret", "fort", "fortune",
    "foster", "fountain", "four", "fox", "foy", "framboise", "franc", "francais", "france", "franche", "francois",
    "francœur", "frank", "free", "freeman", "french", "frene", "friend", "frost", "fry", "funk", "gagne", "gai",
    "gale", "game", "garant", "garde", "garden", "gates", "gay", "gendre", "gene", "gentil", "gentle", "gift",
    "glass", "gloire", "glover", "gold", "golden", "good", "goodman", "grace", "grand", "grange", "grant", "grave",
    "gravel", "graves", "gray", "green", "grey", "gris", "gros", "grove", "guerrier", "guy", "hale", "hall", "ham",
    "hand", "hands", "hard", "hardi", "hardy", "harp", "hart", "hawk", "hay", "head", "heart", "heath", "hetre",
    "heureux", "hill", "hills", "hog", "holiday", "holland", "holly", "home", "hood", "hook", "hooks", "hope", "horn",
    "horne", "house", "huard", "huff", "hunt", "hunter", "hurt", "ice", "iris", "iron", "jade", "janvier", "jardin",
    "jardins", "jasmin", "jay", "jean", "jeune", "jeunesse", "jewel", "john", "joie", "joli", "jolicoeur", "joliette",
    "joly", "joy", "judge", "juillet", "juin", "june", "just", "juste", "justice", "keen", "key", "keys", "kid",
    "kidd", "king", "knight", "labbe", "labelle", "labonte", "labrie", "lac", "lacasse", "lacerise", "lachance",
    "lacroix", "laderoute", "ladouceur", "laflamme", "lafleur", "lafontaine", "laforce", "laforest", "laframboise",
    "lafrance", "lagarde", "lagloire", "lagrange", "lajeunesse", "lajoie", "lake", "laliberte", "lamarche", "lamb",
    "lamer", "lami", "lamontagne", "lamoureux", "lamy", "lance", "land", "lane", "lapalme", "lapierre", "laplace",
    "laplante", "lapointe", "laporte", "laprairie", "laramee", "large", "lariviere", "laroche", "larocque", "larose",
    "larue", "latour", "laurier", "lauriers", "laval", "lavallee", "lavertu", "lavigne", "laviolette", "lavoie",
    "law", "lawn", "laws", "leaf", "lebeau", "leblanc", "leblond", "lebon", "lebreton", "lebrun", "lebœuf", "leclair",
    "leclerc", "lecomte", "lecuyer", "ledoux", "leduc", "lee", "lefort", "legrand", "legris", "legros", "lejeune",
    "lelievre", "lemaire", "lemay", "lemieux", "lemoine", "lenoir", "lepage", "lepetit", "lepine", "leroux", "leroy",
    "lesage", "lesperance", "letoile", "leveque", "levert", "levesque", "levieux", "levis", "lheureux", "liberte",
    "lievre", "light", "lily", "little", "lock", "loiseau", "long", "lord", "lorraine", "loup", "love", "low",
    "loyal", "loyer", "lune", "mace", "mai", "maire", "major", "mann", "march", "marchand", "marche", "marechal",
    "marguerite", "marie", "marin", "mark", "marks", "mars", "marsh", "marshall", "marteau", "martinet", "mason",
    "masse", "master", "max", "may", "mayor", "meadows", "mean", "meilleur", "mer", "mercier", "mercure", "merit",
    "merry", "meunier", "mieux", "mignonne", "mile", "miles", "mill", "miller", "mills", "mint", "modeste", "moine",
    "mont", "montagne", "montreal", "moody", "moon", "more", "moss", "moulin", "mount", "mountain", "mouton", "nail",
    "neat", "neuf", "neveu", "new", "newman", "night", "noble", "noel", "noir", "noon", "normand", "north", "noyer",
    "nurse", "oak", "oaks", "octobre", "oiseau", "olive", "olivier", "otter", "outlaw", "pace", "page", "painter",
    "palm", "palme", "palmer", "paquet", "paquette", "paradis", "pare", "parent", "parents", "parfait", "paris",
    "park", "parker", "parks", "parson", "parsons", "pascal", "pat", "patience", "peace", "peach", "pearl", "peck",
    "penny", "pepin", "pepper", "perle", "petit", "piano", "picard", "pierce", "pierre", "pigeon", "pike", "pine",
    "pitt", "place", "plant", "plante", "pointe", "poirier", "poissant", "poisson", "pole", "pommier", "pond", "pont",
    "pool", "poole", "poor", "pope", "porte", "porter", "post", "potter", "poulain", "pound", "powder", "power",
    "powers", "prairie", "price", "pride", "priest", "prime", "prince", "proper", "prospere", "proud", "prudence",
    "prudhomme", "puits", "quebec", "queen", "quick", "racine", "rain", "ramee", "ran", "rang", "ranger", "ray",
    "read", "redman", "reed", "regine", "reine", "renard", "rice", "rich", "riche", "richer", "ridge", "ring",
    "river", "rivers", "riviere", "road", "rob", "robin", "roche", "rocher", "rochers", "rock", "roi", "romain",
    "rond", "rooks", "root", "rope", "rose", "rouge", "rouleau", "rousse", "roux", "row", "roy", "ruby", "rue",
    "rule", "rush", "rust", "sable", "sage", "saint", "sand", "sands", "sandy", "sante", "sauvage", "sauvageau",
    "sauve", "savage", "savoie", "school", "sea", "self", "septembre", "sergent", "sharp", "shepherd", "sherbrooke",
    "ship", "shoemaker", "shore", "short", "silver", "simple", "singer", "skinner", "sky", "slater", "small", "smart",
    "smith", "snow", "soleil", "souci", "soucy", "south", "spears", "speed", "spring", "sprinkle", "stack", "stall",
    "stamp", "star", "stark", "steel", "stern", "stone", "storm", "story", "stout", "strange", "street", "strong",
    "summer", "summers", "sun", "sunday", "sureau", "surprenant", "sweet", "swift", "tailor", "talon", "tardif",
    "taylor", "tea", "teach", "teal", "temple", "tendre", "the", "thorn", "tide", "tiger", "toll", "tour",
    "tousignant", "toussaint", "tower", "towers", "town", "tranchemontagne", "travel", "tree", "tremblant", "tremble",
    "trout", "true", "tucker", "turner", "twist", "vaillant", "val", "vale", "valentine", "vallee", "van", "vance",
    "verdure", "vert", "vertu", "victoire", "victor", "vie", "viens", "vieux", "vigne", "ville", "villeneuve", "vine",
    "violet", "violette", "voie", "voisin", "walker", "wall", "walls", "ward", "warden", "warm", "warren", "water",
    "waters", "wave", "way", "weaver", "weeks", "weir", "wells", "west", "wheat", "wheeler", "white", "whitehead",
    "wild", "wilde", "will", "wills", "winter", "winters", "wise", "wolf", "wolfe", "wood", "woods", "word", "words",
    "work", "worth", "wright", "yard", "york", "young", "youngs",
};

// As people of Quebec shorten them.
static const struct nickname {
  const char *word, *names;
} nicknames[] = {
    {"abby", "abigail"}, {"al", "alain albert alan"}, {"alex", "alexandre alexandra alexis alexander alexia"},
    {"ali", "alice alicia alison alexandra"}, {"andy", "andrew andre"}, {"angie", "angele angela angelique"},
    {"ari", "ariane"}, {"ben", "benoit benjamin"}, {"benj", "benjamin"}, {"bert", "albert gilbert robert hubert"},
    {"beth", "elisabeth elizabeth"}, {"bill", "william"}, {"billy", "william"}, {"bob", "robert"},
    {"bobby", "robert"}, {"brig", "brigitte"}, {"caro", "caroline carolane"}, {"cat", "catherine"},
    {"cath", "catherine"}, {"cathy", "catherine"}, {"cec", "cecile"}, {"ced", "cedric"}, {"cha", "charlotte chantal"},
    {"chantou", "chantal"}, {"charlie", "charles charlotte charline"}, {"charlo", "charlotte charles"},
    {"chris", "christian christine christiane christophe christopher christina"}, {"christie", "christine"},
    {"clem", "clement clemence"}, {"dan", "daniel daniele danielle"}, {"danny", "daniel"}, {"dave", "david"},
    {"deb", "deborah debora"}, {"dede", "andre andree"}, {"den", "denis denise"}, {"didi", "diane dianne"},
    {"dom", "dominique dominic dominik"}, {"domi", "dominique"}, {"ed", "edouard edward"}, {"eddy", "edouard edward"},
    {"edi", "edith"}, {"eli", "elise eliane elisabeth"}, {"elo", "elodie eloise"}, {"em", "emilie emily emma"},
    {"emy", "emilie"}, {"etie", "etienne"}, {"evel", "evelyne"}, {"fab", "fabien fabienne fabrice"},
    {"fannie", "stephanie"}, {"fanny", "stephanie"}, {"flo", "florence florent"}, {"fran", "francine francoise"},
    {"franck", "francois"}, {"frank", "francois francis"}, {"franky", "francois francis"},
    {"fred", "frederic frederick frederique frederike"}, {"gab", "gabriel gabrielle"}, {"gaby", "gabriel gabrielle"},
    {"ge", "genevieve"}, {"gege", "gerard genevieve"}, {"gen", "genevieve"}, {"geof", "geoffrey"},
    {"ghis", "ghislain ghislaine"}, {"gil", "gilles gilbert"}, {"gin", "ginette"}, {"gui", "guillaume guy"},
    {"guill", "guillaume"}, {"gus", "gustave augustin"}, {"guyl", "guylaine"}, {"helo", "heloise"},
    {"hug", "hugo hugues"}, {"isa", "isabelle isabel"}, {"izzy", "isabelle"}, {"jack", "jacques"},
    {"jacq", "jacques jacqueline"}, {"jas", "jasmine jasmin"}, {"jay", "jason jerome"}, {"jeff", "jeffrey"},
    {"jen", "jennifer"}, {"jenny", "jennifer"}, {"jere", "jeremie jeremy"}, {"jerry", "gerald gerard"},
    {"jess", "jessica jessie"}, {"jim", "james jimmy"},
    {"jo", "josee joanie johanne jonathan joel joelle josiane joanne joseph"}, {"joe", "joseph joel jonathan"},
    {"joey", "joseph"}, {"joh", "johanne"}, {"jos", "joseph josee"}, {"josh", "joshua"}, {"josy", "josiane josee"},
    {"juju", "julie julien"}, {"jul", "julie julien julian"}, {"jules", "julie julien"},
    {"karo", "caroline karoline"}, {"kat", "katherine catherine"}, {"kate", "katherine catherine"},
    {"katy", "katherine"}, {"ken", "kenneth"}, {"kev", "kevin"}, {"kim", "kimberly"},
    {"lau", "laurence laurie laura"}, {"laurie", "laurence"}, {"lex", "alexandre"}, {"line", "celine"},
    {"liz", "elizabeth elisabeth"}, {"lolo", "laurence lorraine"}, {"lou", "louise louis"},
    {"loulou", "louise louis"}, {"luce", "lucie"}, {"lulu", "lucie lucien"}, {"mado", "madeleine"},
    {"mag", "magalie magali maggie"}, {"maggie", "marguerite margaret"},
    {"manu", "emmanuel emmanuelle manuel manuela"}, {"marco", "marc"}, {"marjo", "marjolaine marjorie"},
    {"mart", "martin martine"}, {"mat", "mathieu matthieu matthew mathilde"}, {"math", "mathieu mathilde"},
    {"matt", "mathieu matthieu matthew"}, {"max", "maxime maximilien maxim"}, {"maxou", "maxime"},
    {"mel", "melanie melissa"}, {"meli", "melissa melanie"}, {"mich", "michel michele michelle"},
    {"mike", "michael michel mickael"}, {"mimi", "mireille michele"}, {"mo", "maurice mohamed"},
    {"momo", "maurice mohamed"}, {"monic", "monique"}, {"nad", "nadia nadine"}, {"nan", "nancy"}, {"nanc", "nancy"},
    {"nat", "nathalie natalie natacha natasha nathaniel"}, {"nath", "nathalie nathan nathaniel natacha"},
    {"nathou", "nathalie"}, {"nic", "nicolas nicole"}, {"nick", "nicolas nicholas"}, {"nico", "nicolas"},
    {"niko", "nicolas"}, {"oli", "olivier olivia"}, {"ollie", "olivier"}, {"pao", "paola"},
    {"pasc", "pascal pascale"}, {"pat", "patrick patricia patrice"}, {"paulo", "paul"}, {"pete", "peter pierre"},
    {"phil", "philippe philip"}, {"pierrot", "pierre"}, {"rach", "rachel rachelle"}, {"raf", "raphael raphaelle"},
    {"raph", "raphael raphaelle"}, {"ray", "raymond"}, {"raymo", "raymond"}, {"reg", "rejean reginald"},
    {"rej", "rejean rejeanne"}, {"rich", "richard"}, {"rick", "richard"}, {"rob", "robert robin"},
    {"robbie", "robert"}, {"roch", "rochelle"}, {"rod", "rodrigue"}, {"rox", "roxane roxanne"},
    {"roxy", "roxane roxanne"}, {"sab", "sabrina sabine"}, {"sam", "samuel samantha"}, {"sammy", "samuel"},
    {"sandy", "sandra"}, {"sara", "sarah"}, {"seb", "sebastien sebastian"}, {"serg", "serge"},
    {"simo", "simon simone"}, {"sof", "sophie sofia"}, {"sonny", "sonia"}, {"soph", "sophie sophia"},
    {"steph", "stephane stephanie stephan stephen"}, {"steve", "stephane steven stephen"}, {"sue", "susan suzanne"},
    {"suz", "suzanne suzie"}, {"suzie", "suzanne"}, {"syl", "sylvie sylvain"}, {"sylv", "sylvie sylvain"},
    {"tania", "tatiana"}, {"ted", "theodore edouard"}, {"theo", "theodore theophile"}, {"thom", "thomas"},
    {"tim", "timothy timothee"}, {"titi", "thierry"}, {"toine", "antoine"}, {"tom", "thomas"}, {"tommy", "thomas"},
    {"tony", "anthony antoine antonio"}, {"val", "valerie valerian"}, {"vero", "veronique"},
    {"vic", "victor victoria"}, {"vick", "victoria"}, {"vicky", "victoria"}, {"vince", "vincent"},
    {"vinny", "vincent"}, {"vir", "virginie"}, {"vivi", "viviane"}, {"will", "william"}, {"xav", "xavier"},
    {"yan", "yannick"}, {"yann", "yannick"}, {"yo", "yoan yolande"}, {"yvo", "yvon yvonne"}, {"zac", "zacharie"},
    {"zach", "zacharie zachary"},
};

// clang-format on

/// Below, at or above 0 as the NUL-terminated `row` stands before, at or behind `length` bytes of `word`.
static int compare(const char *row, const char *word, size_t length) {
  const int order = strncmp(row, word, length);
  return order != 0 ? order : row[length] != '\0';
}

/// Number of the row of a table (`word_at` gives its word) that is `word`, or `count`.
static size_t find(const char *(*word_at)(size_t), size_t count, const char *word, size_t length) {
  size_t low = 0, high = count;
  while (low < high) {
    const size_t middle = low + (high - low) / 2;
    const int order = compare(word_at(middle), word, length);
    if (order == 0) return middle;
    if (order < 0)
      low = middle + 1;
    else
      high = middle;
  }
  return count;
}

static const char *title_at(size_t index) {
  return titles[index].word;
}

static const char *common_at(size_t index) {
  return common[index];
}

static const char *nickname_at(size_t index) {
  return nicknames[index].word;
}

enum prd_title prd_directory_title(const char *word, size_t length) {
  const size_t row = find(title_at, ROWS(titles), word, length);
  return row == ROWS(titles) ? PRD_TITLE_NONE : titles[row].kind;
}

bool prd_directory_is_common(const char *name, size_t length) {
  return find(common_at, ROWS(common), name, length) != ROWS(common);
}

const char *prd_directory_nickname(const char *word, size_t length) {
  const size_t row = find(nickname_at, ROWS(nicknames), word, length);
  return row == ROWS(nicknames) ? NULL : nicknames[row].names;
}
