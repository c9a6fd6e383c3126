/**
 * What the filter looks for, in folded words (`fold-text.ts`): alternatives of a pattern, each whole words. English and German.
 * A word stands here only where it means nothing else by itself; what is ambiguous stands as the phrase that is not.
 */

const PERSON =
  "woman|women|man|men|girls?|boys?|lady|ladies|wom[ae]n|people|person|model|models|actress|actor|guy|guys|couple|wife|husband|frau|frauen|mann|manner|madchen|jungen?|dame";
const EXPOSED = "big|huge|bare|massive|perky|giant|exposed|naked|nude|grosse|nackte";

export const SEXUAL: readonly string[] = [
  "nsfw|porn|porno|porns|pornos|pornstars?|pornograph\\w*|hentai|ecchi|ahegao|bukkake|futa|futanari|yiff|rule ?34|r34|xxx|onlyfans",
  "nude|nudes|nudity|nudist|nudists|nudism|seminude|naked|nakedness|topless|bottomless|undressed|unclothed|disrobed|undressing",
  `(?:nude|naked|sexy|topless)(?:${PERSON})`,
  "(?:half|semi|fully) ?naked|without (?:any )?(?:clothes|clothing)|no (?:clothes|clothing)|(?:not )?wearing nothing|not wearing anything|clothes off|stripped bare",
  "sex|sexy|sexual|sexually|sexualized|erotic|erotica|erotically|horny|kinky|lewd|lewds|raunchy|smut|smutty",
  "fuck\\w*|motherfuck\\w*|fick|ficken|fickt|gefickt|blowjobs?|handjobs?|rimjobs?|footjobs?|deepthroat\\w*|gangbang\\w*|threesome|foursome|orgy|orgies",
  "cum|cums|cumming|cumshots?|creampies?|semen|sperma|jizz|ejaculat\\w*|orgasm\\w*|masturbat\\w*|fellatio|cunnilingus|wanking|anal|anally|sodomy|doggystyle|doggy style|missionary position",
  "penis|penises|vagina|vaginas|vaginal|vulva|vulvas|genitals?|genitalia|genitalien|clitoris|labia|scrotum|testicles|pussy|pussies|cunt|cunts|nipples?|brustwarzen|areolas?|boobs?|boobies|titties|titten|mose|fotze|erection|cameltoe|camel toe|buttplug|dildos?|vibrator",
  `(?:${EXPOSED}) (?:tits|breasts?|butts?|ass|asses|booty|cock|dick|dicks|cocks|bruste|po)`,
  "(?:suck\\w*|hard|erect|his|stroking) (?:cock|dick|dicks|cocks)|(?:spread|spreading) (?:her|his|their|the|my)? ?(?:legs|pussy|ass)",
  "bdsm|bondage|fetish|fetishes|dominatrix|striptease|strippers?|strip club|strip ?tease|hookers?|prostitutes?|whores?|sluts?|slutty|milfs?|upskirt|downblouse|panties|g string|lap ?dance|lapdance|brothel|hure|huren|schlampe",
  "make love|making love|makes love|have sex|having sex|playboy|centerfold|pinup nude|camgirls?|see ?through (?:lingerie|dress|top|shirt|blouse)|lingerie",
  `(?:her|his|their|with) (?:tits|breasts?|nipples?|genitals) (?:out|exposed|showing|visible|bared)|(?:removing|takes?|taking|pulling|slipping) (?:off )?(?:her|his|their) (?:bra|shirt|top|pants|panties|underwear|dress|clothes|bikini|skirt)(?: off)?|wearing only (?:shoes|heels|socks|boots|a smile|stockings|jewell?ery)`,
  "scissoring|(?:with )?no (?:top|shirt|bra|pants|panties|underwear) on|flashing (?:her|his|their) (?:chest|breasts?|tits|butt|genitals)|exhibitionists?|porny|hent[ae]y|jerking it|explicit (?:adult|scene|content|nudity|image)|adult (?:scene|only)|sexting|sexts?|bare ?assed|bare ?arsed|nip slips?|wardrobe malfunction|sexual intercourse|intercourse|phallus|phallic|nakid|nakd|nekkid|nekked|no cloth?e?s|no cloths|without cloths|birthday suit|au naturel|in the buff|skinny ?dipping|crotch shot|crotchless|genital area|cleavage|hot babes?|busty|naughty (?:girls?|nurse|maid|teacher|schoolgirls?|secretary|pictures?|photos?|wom[ae]n)|bare (?:bottom|bum|buttocks|bottomed|chested woman|chested girl)|buttocks|butt ?naked|buck naked|x rated|adult film|adult content|obscene|jerking off|jack(?:ing)? off|wank|cock|cocks",
  "nackt|nackte|nackter|nacktes|nackten|nacktheit|halbnackt\\w*|splitternackt\\w*|oben ohne|ohne kleid\\w*|ausgezogene?|erotisch\\w*|sexuell\\w*|geschlechtsverkehr|unbekleidet\\w*",
];

/** Beside a minor these are sexual, though they need not be by themselves. */
export const SUGGESTIVE: readonly string[] = [
  "sensual\\w*|seductive\\w*|seducing|seduced|provocative|provocatively|suggestive|aroused|arousing|underwear|panty|bra|thong|stripping|bathing nude|molest\\w*|grooming|raped?|rapes|raping|naughty|verfuhrerisch\\w*|unterwasche",
];

/** Said of somebody who is not of age, whatever else is said. */
export const NEVER: readonly string[] = [
  "jail bait|loli|lolis|lolicon|shota|shotas|shotacon|jailbait|csam|child ?porn\\w*|childporn\\w*|kid ?porn\\w*|kinderporn\\w*|pedo|pedos|pedophil\\w*|paedophil\\w*|padophil\\w*|toddlercon|underage (?:sex|porn|nudes?)|teen ?porn\\w*",
];

const YOUNG =
  "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|1[0-7]|0?[1-9]|eins|zwei|drei|vier|funf|sechs|sieben|acht|neun|zehn|elf|zwolf|dreizehn|vierzehn|funfzehn|sechzehn|siebzehn";

export const MINORS: readonly string[] = [
  "child|children|childs|childlike|kid|kids|kiddie|kiddy|baby|babies|infants?|toddlers?|newborn|preteens?|tweens?|teens?|teenage|teenaged|teenagers?|teeny|adolescents?|underage|underaged|minors?|juveniles?|youngsters?|prepubescent|pubescent|kindergarten\\w*|preschool\\w*|elementary school\\w*|middle school\\w*|high ?school\\w*|school ?girls?|school ?boys?|school ?children|schoolkids?|\\d?girls?|\\d?boys?|daughters?|cherubs?|putti|putto",
  "kind|kinder|kindlich\\w*|kleinkind\\w*|saugling\\w*|madchen|schulmadchen|jungen|schuler|schulerin\\w*|jugendlich\\w*|teenager|minderjahrig\\w*|tochter",
  `(?:${YOUNG}) ?(?:years?|yrs?|y|jahre?) ?(?:olds?|o|alte?r?s?)?|(?:${YOUNG}) ?(?:yo|yrold|yearold|jahrige?r?s?)|(?:age|aged|alter) (?:of )?(?:${YOUNG})|under (?:18|eighteen)|(?:${YOUNG})jahrige?r?s?`,
];

/** Clothes left out by the negative prompt are asked off. */
export const CLOTHED: readonly string[] = [
  "clothes|clothing|clothed|dressed|garments?|outfit|underwear|bra|bikini|swimsuit|shirt|dress|pants|trousers|kleidung|kleider|bekleidet|angezogen",
];

const BODY = "body|bodies|corpses?|cadavers?|carcass|leiche|leichen";

export const GORE: readonly string[] = [
  "gore|gory|gorey|splattergore|guro|disembowel\\w*|eviscerat\\w*|entrails|viscera|intestines|decapitat\\w*|beheaded|beheading|beheads|dismember\\w*|mutilat\\w*|bloodbath|blutbad|flayed alive|skinned alive|impaled (?:on|by|through|body|man|woman|people)|snuff (?:film|movie|video)s?",
  `(?:rotting|mangled|bloody|mutilated|dismembered|decomposing|decaying|burned|burnt|charred|headless|dead|bleeding) (?:human )?(?:${BODY})`,
  "severed (?:head|heads|limb|limbs|hand|hands|arm|arms|leg|legs|finger|fingers|ear|penis)|(?:guts|organs|brains?) (?:spilling|spilled|hanging|falling|splattered|pouring)",
  "(?:soaked|covered|drenched|smeared) (?:in|with) (?:blood|gore)|blood ?soaked|blood (?:splatter|splattered|spatter|everywhere|gushing|spurting|dripping from)|pools? of blood|gushing blood|(?:gaping|open|gunshot|stab|bleeding|exit) wounds?|slit (?:throat|throats|wrist|wrists)|(?:throat|wrists) slit",
  "torture (?:scene|chamber|victim|porn)|being tortured|tortured (?:to death|man|woman|person|prisoner)|exploding heads?|exploded heads?|stabbed to death|stabbing (?:a|an|his|her|someone|people|somebody)|mass shooting|school shooting|cannibal\\w*|suicide|self ?harm|hanging (?:himself|herself|themselves)|lynch(?:ed|ing|ings)",
  "(?:head|heads|limbs?|arms?|legs?|hands?) (?:chopped|hacked|sawn|ripped|torn|blown|cut|lopped|bitten) off|(?:chopped|hacked|sawn|ripped|torn|blown|cutting|sliced|hacking|chopping) off (?:a |an |his |her |their |the )?(?:head|heads|limbs?|arms?|legs?|hands?|fingers?)|(?:ripped|torn|blown|hacked|cut) (?:apart|to pieces|in half|in two) (?:body|man|woman|person|corpse)|(?:body|man|woman|person|soldier|corpse|people) (?:being )?(?:ripped|torn|blown|hacked|cut|sawn) (?:apart|to pieces|in half|in two)|brains? blown|hanged (?:man|woman|person|corpse|body)|(?:bloody|gruesome|grisly) (?:murder|scene|crime|death|massacre|killing|remains)|murder (?:scene|victim)s?|massacred|flayed (?:skin|human|man|woman|body)|corpses|piles? of (?:bodies|corpses)|bleeding (?:out|to death|woman|man|person|eyes?|face)|blood and guts",
  "(?:throat|throats) (?:was |being )?cut|cut (?:his |her |their |the )?(?:throats?|wrists?)|beaten (?:bloody|to death|to a pulp)|eyes? gouged|gouged (?:out )?eyes?|blood (?:pouring|gushing|spraying|squirting|flowing|streaming) (?:from|out)|executed (?:prisoners?|men|man|women|woman|people|hostages?)|(?:victims?|bodies|corpses?|passengers|people) mangled|body parts",
  "enthaupt\\w*|gekopft\\w*|zerstuckel\\w*|verstummel\\w*|eingeweide|gedarme?|blutuberstromt\\w*|blutlache|blutverschmiert\\w*|aufgeschlitzt\\w*|gefoltert\\w*|abgetrennte\\w* (?:kopf|hand|arm|bein|glied\\w*)|selbstmord",
];

export const HATE: readonly string[] = [
  "swastikas?|hakenkreuz\\w*|nazis?|nazism|naziflag|neo ?nazis?|hitler\\w*|adolf hitler|sieg heil|heil hitler|hitlergruss|schutzstaffel|waffen ss|ss (?:runes?|bolts?|lightning bolts)|third reich|drittes reich|totenkopf (?:ss|division)|sonnenrad|reichskriegsflagge|nationalsozialis\\w*",
  "heil|auschwitz (?:joke|meme)|coon caricatures?|white genocide|kkk|ku klux klan|klansm[ae]n|white (?:power(?! boats?)|supremac\\w*|pride)|confederate (?:battle )?flags?|aryan (?:brotherhood|nation|race)|1488|14 words|fourteen words|burning cross(?:es)? (?:with|and|by|of the )?(?:klan|kkk|hooded|hoods)|klan (?:rally|robes?|hoods?|members?)|white hoods? (?:rally|men|marching|and robes?)|ss (?:officers?|uniforms?|soldiers?|division|insignia)|gestapo|mein kampf|jew(?:ish)? (?:caricature|with (?:a )?big nose|rat)|blackface|isis (?:flag|fighters?|terrorists?|execution)|blood and honou?r|racist caricatures?|antisemitic\\w*|antisemitische?\\w*|happy merchant|holocaust (?:denial|joke)",
  "nigg(?:a|as|az|er|ers|uh|uhs|ah|ahs)|kikes?|faggots?|fags|gooks?|wetbacks?|ragheads?|towelheads?|tranny|trannies|spics?|chinks?|jigaboos?|sambos?|golliwogs?|golliwoggs?|pickaninn\\w*|kanake\\w*|judensau|untermensch\\w*",
];

/** What the above would take amiss, and should not. */
export const INNOCENT: readonly string[] = [
  "naked (?:eyes?|trees?|branch|branches|flames?|rocks?|mole rats?|truth|oaks?|birch|birches|twigs|steel|blades?|sword|bulb|light ?bulb|ladies flower)|nude (?:tones?|colou?rs?|lipstick|palette|shades?|heels?|pumps?|nail polish|beige|pink|makeup)|topless (?:towers?|double decker|bus|car|jeep)",
  "naked lunch|stripped bare (?:trees?|branches|hills?)|horny toads?|horned toads?|kinky hair|cum grano|sex on the beach|creampie dessert|fetish figures?|cock (?:crow\\w*|of the (?:rock|walk|north)|and bull|a doodle doo)|weather cocks?|turkey cock|(?:fighting|game|golden|proud|red|crowing) cocks?|cocks? (?:crow|crows|crowing)|naughty (?:cat|kitten|dog|puppy|squirrel|fox|goat|magpie)s?|x x x|hanged man tarot|(?:the )?hanged man card|corpses of (?:ships|trees|leaves|cars)|bleeding heart (?:flowers?|plants?)|murder mystery|pussy ?willows?|pussy ?cats?|pussyfoot\\w*|(?:blue|red) footed (?:boobies|booby)|masked (?:boobies|booby)|magna cum laude|summa cum laude|cum laude|sex pistols|(?:same|fair|fairer|opposite) sex|sexual (?:dimorphism|selection|reproduction|orientation)|erection of (?:a|an|the)|the erection of|nail fetish|paint strippers?|wire strippers?|playboy bunny logo",
  "legio xxx|legion xxx|chapter xxx|super bowl xxx|xxx olympiad",
  "al gore|gore tex|gore vidal|gore verbinski|corpse (?:flower|flowers|lily|bride)|dead (?:body of water)|suicide squad|open wound of the sky|cannibal ants?",
  "(?:hindu|buddhist|jain|diwali|rangoli|ganesha?|vedic|temple|shinto|balinese)(?: \\w+){0,5} swastikas?|swastikas?(?: \\w+){0,5} (?:hindu|buddhist|jain|diwali|rangoli|ganesha?|vedic|temple|shinto|balinese)",
  "anti nazi|maine coons?|chinks? (?:in|of) (?:the |his |her |its )?(?:armou?r|light|wall|curtains?|sunlight)|faggots? (?:of (?:wood|sticks|twigs|firewood)|and peas)",
  "ursa minor|canis minor|leo minor|asia minor|in [a-g] (?:flat |sharp )?minor|[a-g] (?:flat |sharp )?minor|minor (?:key|chord|scale|detail|planet|league)s?|kid gloves?|baby (?:blue|grand|breath|blues)|girl with a pearl earring|boy blue|rubber duck kid",
];

/** Somebody, whoever it is: nobody is painted who was not asked for. */
export const PEOPLE: readonly string[] = [
  `${PERSON}|child|children|kids?|baby|babies|toddlers?|teenagers?|human|humans|figure of a|portraits? of|self ?portraits?|crowds?|faces?|silhouette of a|king|queen|prince|princess|knights?|soldiers?|warriors?|dancers?|ballerinas?|samurai|geishas?|monks?|nuns?|priests?|fishermen|fisherman|farmers?|sailors?|travell?ers?|wanderers?|lovers?|brides?|grooms?|mothers?|fathers?|sons?|daughters?|sisters?|brothers?|grandm\\w*|grandf\\w*|astronauts?|cowboys?|pirates?|witch|witches|wizards?|angels?|mermaids?|saints?|shepherds?|hunters?|poets?|painters?|musicians?|singers?|kind|kinder|mensch|menschen|gesicht|portrat|konig|konigin`,
];
