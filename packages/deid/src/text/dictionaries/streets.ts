/**
 * Kinds of street after their names, with the abbreviations of USPS Publication 28 (appendix C1), and their
 * British kin.
 */
export const STREET_TYPES = `alley allee aly avenue ave av bayou beach bend bluff boulevard blvd branch bridge brook burg bypass canyon cape causeway
center centre circle cir circles cliff cliffs close club common commons corner corners course court ct courts cove coves creek cres crescent crest crossing
crossroad crossroads curve dale dam divide drive dr drives estate estates expressway expy extension fall falls ferry field fields flat
flats ford fords forest forge forges fork forks fort freeway fwy garden gardens gdns gateway glen glens green greens grove groves harbor harbors haven
heights hts highway hwy hill hills hollow inlet island islands isle junction junctions jct key keys knoll knolls lake lakes landing lane ln light lights loaf
lock locks lodge loop mall manor manors meadow meadows mews mill mills mission motorway mount mountain mountains mountain neck orchard oval overpass
park parks parkway pkwy parkways pass passage path pike pine pines place pl plain plains plaza plz point points port ports prairie quay radial ramp ranch rapid
rapids rest ridge ridges river road rd roads route row rue run shoal shoals shore shores skyway spring springs spur spurs square sq squares
station stravenue stream street st str streets summit terrace ter throughway trace track trafficway trail trl tunnel turnpike underpass union unions valley
valleys via viaduct view views village villages ville vista walk walks wall way ways well wells`

/** Those that make a street of a capitalised word even without a number. */
export const SURE_STREET_TYPES = `street st avenue ave boulevard blvd road rd lane ln drive dr court crescent highway hwy parkway pkwy terrace freeway
expressway turnpike square mews`

/**
 * Kinds of street before their names: Romance, Slavic, Hungarian. `lower` ones are taken without a capital
 * too.
 */
export const STREET_PREFIXES = `via viale vicolo corso piazza piazzale largo strada contrada rua travessa avenida alameda praca rodovia estrada calle
carrer carretera camino paseo passeig plaza placa ronda glorieta rue avenue av boulevard bd allee impasse chemin quai cours
ulica ul aleja al osiedle os trg cesta nabrezi namesti namestie plac prospekt jalan`

/** Ends of street names that are written as one word: Germanic, Nordic, Finnish. */
export const STREET_ENDING =
  /(?:strasse|strase|str|straat|weg|gasse|platz|allee|damm|ufer|gata|gatan|gade|vej|veien|vegen|vagen|vegur|gotu|stigur|tie|katu|kuja|laan|plein|gracht|dijk|singel|stien|stigen|backen|torget|utca)$/

/** What divides a building, and boxes for letters. */
export const UNITS = `suite ste apt apartment flat unit room rm floor bldg building lot trailer box postbox postfach pobox psc cmr slip wing wohnung`

/**
 * Kinds of street that are words of their own between a name and a number: `Kossuth u. 12`, `Pirita tee 26`.
 */
export const STREET_ABBREVIATIONS = `u ut utja utca ter tere krt korut str ul c tee tanav maantee puiestee pst mnt vei veg vagen gata gatan gade tie katu terrasse
allee plass plads torg torv straede sokak sok cad caddesi bulvari prospekt pereulok straat laan weg strasse`
