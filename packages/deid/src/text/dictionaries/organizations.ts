/** What the name of an organisation ends in. With a capital, or as an abbreviation. */
export const LEGAL_FORMS = `inc inc. incorporated llc llp lp ltd limited corp corporation gmbh ag kg plc pty bv nv srl spa sarl
sa ab oy oyj aps sro kft zrt jsc pllc co`

export const ORGANIZATION_NOUNS = `company companies group groups partners partnership associates holdings agency bank bancorp university college
hospital hospitals clinic clinics institute institutes foundation industries industrial technologies technology software systems
solutions services insurance pharmacy church cathedral mosque synagogue temple school schools academy enterprises ventures
consulting consultants capital financial finance trust fund bros brothers sons laboratories labs pharmaceuticals
healthcare hospice airlines airways motors electric energy power press media studios records entertainment
communications networks network international worldwide global logistics movers lines freight shipping
federation union association society council authority commission committee ministry bureau corps guild league club
museum library theatre theater orchestra stadium hotel restaurant cafe supermarket market stores outlet brewery
manor lodge rehabilitation nursing care research analytics ratings data interactive digital design designs security
properties realty estates homes builders construction engineering manufacturing products foods farms beverages
apparel cosmetics jewelers florist dental orthodontics veterinary chiropractic`

/** Organisations known by a short name in capitals, and company names that are not words of a lexicon. */
export const KNOWN_ORGANIZATIONS = `un eu nato unesco unicef ibm fbi cia nasa nfl nba nhl mlb ncaa bbc cnn nbc cbs abc hbo mit ucla usc
nyu ups fedex dhl usps bmw kfc aarp aaa naacp ymca ywca aclu nypd lapd walmart costco walgreens cvs amazon google
microsoft facebook twitter linkedin youtube netflix starbucks mcdonalds disney toyota honda boeing lockheed verizon
comcast samsung sony siemens bayer novartis roche merck aetna cigna humana anthem kaiser medtronic quest labcorp`

/** What is said of an organisation after its name: `X is a design agency`. */
export const ORGANIZATION_KINDS = `agency company corporation firm startup start-up business brainchild retailer manufacturer supplier
provider bank nonprofit charity subsidiary conglomerate brand employer organization organisation enterprise publisher
contractor carrier insurer`

/** What belongs to an organisation: `the X office`. */
export const ORGANIZATION_PARTS = `office offices headquarters hq orchestra team branch store shop factory plant warehouse website staff
employees employee workers board management building campus facility location songwriter singer guitarist drummer engineer analyst economist scientist researcher designer developer salesman recruiter
trainer instructor driver pilot nurse doctor manager director chief secretary treasurer spokesperson spokesman
spokeswoman founder cofounder founders ceo cfo cto chairman chairwoman president executive representative
subscription account stock shares customer customers headquarter lawyer attorney`
