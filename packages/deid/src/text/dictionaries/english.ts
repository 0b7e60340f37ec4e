/**
 * English words in base form, without those that `inflections.ts` derives from others.
 * Chosen from SCOWL 2020.12.07 (Spell Checker Oriented Word Lists, Kevin Atkinson), levels 10 to 40, lower-case entries. The sources of
 * those levels are in the public domain: 12Dicts and 3esl (Alan Beale), the frequency classes of Brian Kelk, Moby Words II (Grady Ward).
 * The collection: Copyright 2000-2011 by Kevin Atkinson. Permission to use, copy, modify, distribute and sell these word lists, the
 * associated scripts, the output created from the scripts, and its documentation for any purpose is hereby granted without fee,
 * provided that the above copyright notice appears in all copies and that both that copyright notice and this permission notice appear
 * in supporting documentation. Kevin Atkinson makes no representations about the suitability of this array for any purpose. It is
 * provided "as is" without express or implied warranty.
 */

/** Levels 10 and 20: what every text is made of. */
export const COMMON_ENGLISH = `aardvark abandon abbreviate abbreviation abide ability able abnormal abolish abolition abort abortion about above
abroad absence absent absolute absorb abstract abstraction absurd abuse abusive abysmal academic accelerate accent
accept acceptance access accessible accident accidental accommodate accommodation accompany accomplish accord
accordance account accountant accumulate accuracy accurate accusation accuse accustom ace achieve achievement acid
acknowledge acorn acoustic acquaintance acquire acquisition acronym across act action activate active activity actor
acts actual acute adapt adaptation adaptor add addict addictive addition additional address adds adequate adhere
adjacent adjective adjust adjustment administer administration administrative admiration admire admission admit adopt
adoption adult advance advantage advantageous advent adventure adventurous adverse advert advertise advertisement
advice advise advisor advisory advocate aerial aesthetic affair affect affection afford aforementioned afraid after
afternoon afterward again against age aged agency agenda agent ages aggressive ago agony agree agreement agricultural
ahead aid aids aim aims air aircraft airport akin alarm alas albeit album alcohol alcoholic alert algebra algebraic
algorithm alias alien align alignment alike alive all allegation allege allergic alleviate alliance allocate
allocation allow allowance ally almost alone along alongside aloud alpha alphabet alphabetic alphabetical already also
alter alteration alternate alternative although altogether always am amateur amaze ambassador amber ambient ambiguity
ambiguous ambitious amend amendment among amongst amount amp ample amplifier amuse amusement an anagram analog
analogous analogue analogy analyse analysis analyst analyze anarchy anatomy ancestor ancient and anecdote angel anger
angle angry anguish animal anniversary announce announcement annoy annoyance annual anomaly anonymous anorak another
answer anthology anticipate anticipation antidote antique anxious any anybody anyhow anyone anyplace anything anyway
anywhere apart apathetic apathy apologise apology apostrophe appal appall apparatus apparent appeal appear appearance
append appendix applause apple applicable applicant application appoint appointment appraisal appreciate appreciation
approach appropriate approval approve approximate approximation apt arbitrary arc arcade arcane arch archaic
architecture archive are area arena argue argument arise arisen arithmetic arm arms army arose around arrange
arrangement array arrest arrival arrive arrogance arrogant arrow arse art article artificial artist artistic arts as
ascend ash ashamed ashcan aside ask asks asleep aspect ass assault assemble assert assertion assesses assessment asset
assign assignment assist assistance assistant associate association assort assume assumption assure asterisk
astronomer astronomy asynchronous at ate atheism atheist atlas atmosphere atmospheric atom atomic atrocity attach
attachment attack attain attempt attend attendance attendant attention attitude attorney attract attraction attractive
attribute audible audience audio aunt authentic author authorisation authorise authority authorization automatic
autumn availability available average avoid await awake award aware away awful awkward ax axe axes axiom axis baby
back backbone background backlog backspace backward bacteria bacterium bad badge baffle bag baggage bags bake balance
ball ballet ballot ban banal banana band bandwagon bandwidth bang bank bankrupt bans bar bare bargain bark baroque
barrel barrier barrister bars base basement bash basic basis basket bass bastard bat batch bath bathroom battery
battle baud bay be beach beam bean bear beard beast beat beaten beautiful beauty became because become bed bedroom
beds beef been beer before beforehand beg began begin begun behalf behave behavior behaviour behind being belief
believe bell belong beloved below belt bench bend beneath beneficial benefit bent beside best bet beta bets between
beware beyond bias bible biblical bid bids big bigot bigotry bill billfold billion bin binary bind biochemistry
biography biological biologist biology bird birth birthday biscuit bit bite bitmap bits bitten bizarre black
blackboard blackmail blade blame blank blanket blast blatant bless blew blind blink bliss blob block blood bloody blow
blown blue blurb board boat bobs body bog boggle bogs bogus boil bold bolt bomb bond bone bonus book booklet bookshop
bookstore boom boost boot border borderline bore boredom born borne borrow boss both bottle bottom bought bounce bound
boundary bout bow bowl box boy boys bracket brain brake branch brand brass brave breach bread break breakdown
breakfast breath breathe bred breed breeze brethren brick bridge brief brigade bright brilliant bring broad broadcast
broke broken brother brought brown browse brush brutal bubble buck bucket budget buffer bug bugs build built bulb bulk
bull bullet bulletin bump bunch bundle burden bureaucracy burn burnt burst bury bus bush bust busy but button buy
buyer buys by bye bypass byte cabbage cabinet cable caffeine cage cake calculate calculation calculator calculus
calendar call calm cam came camera camp campaign campus can cancel cancer candidate cannot canonical cans cant cap
capability capacity capital capitalism capitalist caps captain capture car carbon card cardboard care careful carpet
carriage carrot carry cars cartoon cartridge case cash cassette cast castle casual cat catalog catalogue catastrophic
catch categorically category cater cathedral catholic cats cattle caught causal causality cause caution cave caveat
cease ceiling celebrate celebration cell cellular censor censorship cent central centre century ceremony certain
certainty certificate chain chair chairman chalk challenge chamber champagne champion chance chancellor change
changeover channel chaos chaotic chap chapel chapter char character characteristic charge charitable charity charm
chart chase chat cheap cheat check cheek cheer cheerful cheese chemical chemist chemistry cheque chess chest chestnut
chew chicken chief child childhood childish children chip chocolate choice choir choose chop choral chord chorus chose
chosen chuck chunk church cider cigarette cinema circa circle circuit circuitry circular circulate circulation
circumstance cite citizen city civil civilian civilisation civilise civilization claim clarification clarify clarity
clash class classic classical classification classify clause clean clear clearance clever click client cliff climate
climb clinic clinical clip clique clock clog clone close closet closure cloth clothe cloud club clue clumsy cluster
coach coal coast coat cobbler code coffee coherent coin coincide coke cold collaboration collapse collar collate
colleague collect collection collective college colon colony color colour column combat combination combine come
comedy comfort comic comma command commandment commence comment commentary commentator commercial commission commit
commitment committee commodity common communal communicate communication communism communist community compact
companion company comparative compare comparison compassion compatibility compatible compel compensate compensation
compete competence competent competition competitive competitor compilation compile complacent complain complaint
complement complementary complete completion complex complexity complicate complication compliment comply component
compose composite composition compound comprehend comprehensible comprehension comprehensive compress compression
comprise compromise compulsion compulsory computation computational compute computerise computerized computerizes
computerizing con concatenate conceal concede conceive concentrate concentration concept conception conceptual concern
concert concerto concise conclude conclusion concrete concur concurrently condemn condemnation condense condition
conditional condom condone conduct conductor conference confess confidence confident confidential confidentiality
configuration configure confine confirm confirmation conflict conform confront confuse confusion congest congestion
congratulate congratulations conjecture conjunction connect connection connector connotation conscience conscious
consecutive consensus consent consequence consequent conservation conservative consider considerate consideration
consist consistency consistent consolation console conspicuous conspiracy constant constituency constituent constitute
constitution constitutional constrain constraint construct construction constructive consult consultancy consultant
consultation consume consumption contact contain contemplate contemporary contempt contend content contention
contentious contest context continent continental continual continuation continue continuity continuous continuum
contour contraception contract contradict contradiction contradictory contrary contrast contravention contribute
contribution contributor contrive control controversial controversy convenience convenient convention conventional
conversation converse conversion convert convey convict conviction convince cook cookie cool coordinate coordination
cope copper copy copyright core corn corporate corporation corpse correct correction correlate correlation correspond
correspondence correspondent corridor corrupt corruption cosmic cosmology cost cosy cotton cough could council counsel
count counterexample counterpart country countryside county couple courage courier course court courtesy cousin cover
coverage cow cows cozy crack craft cramp crap crash crass crawl crazy cream create creation creative creator creature
credibility credible credit creed creep crew cricket crime criminal crisis crisp criteria criterion critic critical
criticise criticism crop cross crossroad crossword crowd crown crucial crude cruel cruelty cruise crunch crush cry
cryptic crystal cs cube cubic cuckoo cuddly cue culprit cult cultural culture cumbersome cumming cums cumulative
cunning cup cupboard cups cure curiosity curious curly currency current curriculum curry curse cursor curtain curve
custard custom customary cut cute cuts cycle cyclist cylinder cynic cynical daft damage damn damnation damp dance
danger dangerous dare dark darling dash data database date datum daughter dawn day daylight days daytime dead deadline
deaf deal dealt dear death debate debt debug decade decay decent decide decimal decision deck declaration declare
decline decode decrease dedicate deduce deduction deed deem deep default defeat defect defective defence defend
defense defensive deficiency define definite definition definitive defy degenerate degradation degrade degree deity
delay delete deletion deliberate delicate delicious delight delightful delimiters deliver delivery delta delusion
demand demented demise democracy democratic demolish demonstrate demonstration denominator denote dense density
dentist deny department departmental departure depend dependant dependence dependent deposit depress depression
deprive depth deputy derange derivative derive derogatory descend describe description descriptive desert deserve
design designate desire desk desktop despair desperate despise despite destination destine destroy destruction
destructive detach detail detect detection detective detector deter determination determine deterrent detract
devastate develop development deviation device devil devious devise devoid devote diagnosis diagnostic diagonal
diagram dial dialect dialog dialogue diameter diary dice dictate dictator dictatorship dictionary did die died dies
diesel diet differ difference different differential differentiate difficult difficulty dig digest digit digital
dignity digs dilemma dim dimension dimensional dine dinner dip diplomatic dire direct direction directive director
directory dirt dirty disaster disastrous disc disciplinary discipline disco discovery discrepancy discrete discretion
discriminate discrimination discuss discussion disguise disgust dish disk dismal disposal dispute disrupt disruption
dissertation distance distant distasteful distinct distinction distinctive distinguish distort distortion distract
distress distribute distribution district disturb disturbance ditch ditto dive diverse diversity divert divide divine
division divorce do doctor doctrine document documentary documentation dodge doe does dog dogma dogs dole dollar
domain domestic dominant dominate don donate donation done dons doom door dose dot dots double doubt doubtful down
downhill downright downstairs downwards dozen draft drag dragon drain drama dramatic drank drastic draught draw
drawback drawn dread dreadful dream dreamt dreary dress drew drift drill drink drip drive drivel driven drop drove
drown drug drum drunk drunken dry dual dubious duck due duff dug dull duly dumb dummy dump dumpster duplicate
duplication duration during dust dustbin dusty duty dying dynamic each eager eagle ear earn ears earth ease east
eastern easy eat eaten eater eats eccentric echo ecological ecology economic economical economy edge edit edition
editor editorial educate education educational effect effective efficiency efficient effort egg eggs ego egos eight
eighteen eighth either elaborate elderly elect election electoral electorate electric electrical electricity electron
electronic elegant element elementary elephant elevator eleven eligible eliminate elite elitist else elsewhere
embarrass embarrassment embed emerge emergency eminent emit emotion emotional emphasis emphasise emphasize empire
empirical employ employee employment empty emulate emulation emulator enable enclose encode encounter encourage
encouragement end endeavor endeavour ends enemy energy enforce engage engine enhance enhancement enjoy enjoyment
enlarge enlighten enlightenment enormous enough enquire enquiry ensure entail enter enterprise entertain entertainment
enthusiasm enthusiastic entire entirety entitle entity entrance entry envelope environment environmental envisage envy
epic episode equal equality equate equation equilibrium equip equipment equivalent era erase ergo err erroneous error
escape esoteric especially essay essence essential establish establishment estate estimate estimation eternal eternity
ethic ethical ethnic etymology evaluate evaluation even event eventual ever every everybody everyday everyone
everything everywhere evidence evident evil evolution evolutionary evolve exact exaggerate exam examination examine
example exceed excellent except exception exceptional excess excessive exchange excite excitement exclamation exclude
exclusion exclusive excuse execute execution executive exempt exercise exhaust exhaustive exhibit exhibition exist
existence exit exotic expand expansion expect expectation expedition expenditure expense expensive experience
experiment experimental experimentation expert expertise expire expiry explain explanation explanatory explicit
explode exploit exploitation exploration explore explosion explosive exponential export expose exposure express
expression expressway extant extend extension extensive extent external extinction extra extract extraction extraneous
extreme extremist eye eyes eyesight fabric face facilitate facility fact factor factory factual faculty fail failure
faint fair fairy faith faithful fake fall fallacious fallacy fallen false fame familiar familiarity family famine
famous fan fancy fans fantastic fantasy far farce fare farewell farm farther farthest fascinate fascist fashion fast
fat fatal fate father fatuous faucet fault faulty favor favorite favour favourite fear feasibility feasible feat
feature fed federal fee feeble feed feedback feel fees feet fell fellow felt female feminist fence fender festival
fetch fever few fewer fewest fiber fibre fiction fictional fiddle field fierce fifteen fifth fifty fight figure file
fill film filter filthy final finalise finance financial find fine finger finish finite fire firework firm first
fiscal fish fit fits five fix fizzy flag flame flash flat flavor flavour flaw fleet flesh flew flexibility flexible
flight flip float flood floor floppy flour flow flown fluctuation fluent fluffy fluid flush flute fly foam focus fog
fold folk follow fond font food fool foolish foot football footnote for forbade forbid forbidden force forcibly
foreign forest forever forgave forget forgive forgiven forgot forgotten fork form formal format formation formula
formulae formulation forth forthcoming fortnight fortunate fortune forty forum forward fossil fought foul found
foundation fountain four fourteen fourth fraction fragile fragment frame framework frank frantic fraud freak free
freedom freeway freeze french frequency frequent fresh friction friend friendship frighten fringe frivolous frog from
front frown froze frozen fruit frustrate frustration fry fudge fuel fulfil fulfill full fully fume fun function
functional functionality fund fundamental fundamentalist funeral funny fur furniture furry further furthermore
furthest fuse fusion fuss fussy futile future fuzzy gain galactic galaxy game gang gap gaps garage garbage garble
garden gas gasoline gasp gate gateway gather gave gay gear gender gene general generalisation generalise
generalization generate generation generator generic generous genetic genius genocide genre gentle gentleman gentlemen
genuine geographical geography geology geometry gesture get gets ghastly ghost giant gibberish gift gig gin girl
girlfriend give given glad glance glass glean global glorious glory glossy glove glow glue gnome go goal goat god gods
goes going gold golden goldfish golf gone good goodbye goody gorgeous gospel gossip got gotten govern government
governor gown grab grace grade gradual graduate graduation graffiti graffito grain grammar grammatical grand
grandfather grandmother grant graph graphic graphical grasp grass grateful gratuitous grave gravitational gravity gray
greasy great greed greedy green grew grey grid grief grim grind grip groan gross ground group grow grown growth
guarantee guard guess guest guidance guide guideline guilt guilty guinea guitar gulf gullible gum gun guns gut guts
guy guys ha habit hack had hail hair haircut hairy half hall halt halve ham hand handbook handful handicap handle
handy hang hangover happen happy hard hardback harden hardship hardware hardy harm harmful harmony harsh has hash
hassle hasten hasty hat hate hatred hats have havoc hay hazard hazy he head headache headline health healthy heap hear
heard heart heartily heat heaven heavy heel height held helicopter hell hello helmet help helpful hence henceforth her
herd here hereby heresy heritage hero heroic heroin herself hes hesitate heterosexual hexadecimal hey hid hidden hide
hideous hierarchical hierarchy high highlight highway hilarious hill him himself hindsight hint hip hire his historian
historic historical history hit hitherto hits ho hobby hog hold hole holiday hollow holy home homosexual homosexuality
honest honesty honey honor honorary honour hook hope hopeful horde horizon horizontal horn horrendous horrible horrid
horrific horrify horror horse hospital host hostile hot hotel hour house household how however huge huh hum human
humane humanity humble humor humorous humour hundred hung hungry hunt hurry hurt husband hut hydrogen hyphen hypocrisy
hypocrite hypothetical hysterical ice icon id idea ideal idealistic identical identification identify identity
ideological ideology idiom idiosyncratic idiot idiotic idle if ignorance ignorant ignore ill illegal illiterate
illogical illusion illustrate illustration image imaginary imagination imaginative imagine imbalance immature
immediate immense imminent immoral immortal immune impact impair impend imperative imperfect imperial impersonal
implausible implement implementation implication implicit imply import importance important impose impossible
impractical impress impression impressive imprison improbable improve improvement impulse in inability inaccessible
inaccuracy inaccurate inadequate inadvertently inane inappropriate incapable incarnation incentive inch incidence
incident incidental inclination incline include inclusion inclusive incoherent income incompatible incompetence
incompetent incomplete incomprehensible inconsistency inconsistent inconvenience inconvenient incorporate incorrect
increase incredible increment incur indeed indefensible indefinite indent independence independent indeterminate index
indicate indication indicative indicator indictment indirect indirection indistinguishable individual induce induction
indulge industrial industry ineffective inefficiency inefficient inequality inertia inevitable inexperienced
infallible infamous infant infantile infect infection infelicity infer inference inferior inferiority infinite
infinity inflation inflexible inflict influence influential info inform informal information informative
infrastructure infrequent infringement ingenious ingredient inhabit inhabitant inherent inherit inheritance inhibit
inhibition initial initialisation initialise initialization initiate initiative inject injure injury injustice ink
inner innocence innocent innovation innovative input inquire inquiry insane insect insecure insensitive insert
insertion inside insidious insight insignificant insist insistence insofar inspect inspection inspiration inspire
install installation instance instant instead instinct institute institution instruct instruction instrument
instrumental insufficient insult insurance intact intake integer integral integrate integration integrity intellect
intellectual intelligence intelligent intend intense intensity intensive intent intention intentional inter interact
interestingly interfere interference interim interior intermediate intermittent internal interpret interpretation
interrogate interrupt interruption interval intervene intervention intimate into intolerance intrinsic introduce
introduction introductory intuitive invade invalid invalidate invaluable invariably invasion invent invention inventor
inverse invert invest investigate investigation investment invisible invitation invite invoke involve involvement ion
irate iron ironic irony irrational irrelevant irrespective irresponsible irritate irritation is island isolate
isolation issue it item its itself jack jacket jail jam jams jargon jazz jealous jeans jelly jerk jest jet job jobs
join joint joke jolly journal journalist journey joy judge judgement judgment juice jump junction jungle junior junk
jury just justice justifiable justification justify juvenile keen keep kept kernel kettle key keyboard keys keystroke
keyword kick kid kidnap kidney kids kill kind king kingdom kiss kit kitchen kits knee knew knife knight knock know
knowledge known lab label labor laboratory labour labs lack lad lady lag lager laid lain lake lamp land landlord
landscape lane language large lark laser last late latter laugh laughter launch lavatory law lawn laws lawyer lay
layer layout lays lazy leach lead leadership leaf leaflet league leak lean leap learn learnt least leather leave
lecture led left leg legal legend legendary legible legislation legitimate legs leisure lemon lend length lengthy
lenient lens lent lesbian less lesson lest let lethal lets level liability liaison libel liberal liberty librarian
library licence license lid lie lied lies life lifestyle lifetime lift light lightning like likelihood likewise limb
limit limitation line linear linguistic link linkage lion lip lips liquid liquor lisp list listen lit liter literal
literary literate literature litre little live load loan lobby local locate location lock lodge log logic logical logo
logs lonely long look loop loophole loose lord lorry lose loss lost lot lots loud lousy love low lower lowest loyal
luck lucky ludicrous luggage lump lunatic lunch lunchtime lung lurk lust luxury lying lyric machine machinery mad made
magazine magic magical magnetic magnificent magnitude mail mailbox main mainframe mainstream maintain maintenance
major majority make male malfunction malicious man manage management mandate mandatory mangle mania manifestation
manifestly manifesto manipulate manipulation mankind manpower mans manual manufacture many map maps march margin
marginal marital mark market marriage marry marvellous marvelous mask mass massive master match mate material
mathematical mathematician mathematics matrices matrix matter mature maximise maximize maximum may maybe mayor maze me
meal mean meaningful meant meantime meanwhile measure measurement meat mechanic mechanical mechanism media medical
medicine medieval medium meet megabyte melody melt member membership memorable memory men mend mental mentality
mention menu mercury mercy mere merge merit merry mess message messy met metal metaphor meter method metre metric
metro mice midday middle might mighty migrate migration mild mile mileage military milk mill million mimic mind mine
minimal minimalist minimise minimize minimum minister minor minority mint minus minute miracle miraculous mirror
miscellaneous miserable misery misled miss missile mission mist misunderstand misunderstood misuse mix mixture
mnemonic moan mob mobile mock mod mode model moderate moderation modern modification modify module mold mole molecular
molecule mom moment momentarily momentum monarch money monitor monkey monochrome monopoly monster month mood moon
moral morality more moreover morning moron mortal mortality most mother motion motivate motivation motive motor
motorway motto mould mount mountain mouse mouth move movement movie much muck mud muddle mug mugs multiple
multiplication mum mumble mummy mundane murder muscle museum music musical musician must mutter mutual my myself
mysterious mystery mystic myth mythical mythology nail naive naked name narrative narrow nasty nation national native
natural nature naughty nay near nearby neat necessary necessity neck need needle negate negative neglect negligible
negotiable negotiate negotiation neighbor neighborhood neighbour neighbourhood neither nerve nervous nest net nets
network neural neutral never nevertheless new newcomer newer newest news newsletter newspaper next nice nicked nicking
nickname nicks night nightmare nil nine no noble nobody node noise noisy nominal nominate none nonetheless noon nor
norm normal normality north northern nose nostalgia not notation note nothing notice notification notify notion
notorious notwithstanding noun novel novelty novice now nowadays nowhere nuclear nuisance null numb numeral numeric
numerical numerous nun nuns nurse nut nuts oar obey object objection objective obligation obligatory oblige obnoxious
obscene obscure obscurity observation observe obsess obsession obsolete obstruct obtain obvious occasion occasional
occupation occupy occur occurrence ocean odd odds of off offence offend offense offensive offer offhand office
official offset offspring often oh oil old older oldest omission omit on once one ones oneself ongoing onion only onto
onus onwards open opera operate operation operational operator opinion opponent opportunity oppose opposite opposition
oppress oppression opt optic optical optimal optimisation optimise optimistic optimization optimize optimum option
optional opts opus or oral orange orbit orbital orchestra orchestral order ordinary organ organic organisation
organise organization orient oriental orientate orientation origin original originate originator orthodox other
otherwise ought our ours ourselves out outcry outer output outrageous outset over overall overdue overlap overwhelm
owe owed owes own owner ownership owns oxygen ozone pace pacifier pack package packet pad pads page paid pain painful
paint pair palace pale pan panel panic pant paper paperback par parade paradise paradox parallel paranoia paranoid
pardon parent parentheses parenthesis parity park parliament parochial parody parrot parse part partial participant
participate particle particular partition partner party pass passage passenger passion passionate passive passport
password past paste pat patch patent path pathetic patience patient patronise patronize pattern pause pavement pay
payment pays peace peaceful peak peanut peasant peculiar pedal pedant pedantic pedantry pedestrian peer pen penalty
pence pencil pended pending pends penguin penny pens people per perceive percent percentage perception perfect
perfection perform performance perhaps period periodic peripheral permanent permissible permission permit perpetual
persecute persist persistent person personal personality personnel perspective persuade persuasion perverse pet petrol
petty pharmacy phase phenomena phenomenon philosopher philosophical philosophy phoenix phone photo photocopy
photograph photographic phrase physic physical physicist physiology pi piano pick picture pie piece pig pigeon pigs
pile pill pilot pin pinch pink pins pint pipe pipeline pit pitch pitfall pity pizza place plague plain plan plane
planet planetary plant plaster plastic plate platform plausible play playground plea pleasant please pleasure plenty
plot ploy plug plural plus pocket poem poet poetic poetry point poison poke polar pole police policeman policy polish
polite political politician politics poll pollution polynomial pompous pool poor pop pope pops populace popular
popularity populate population pork pornography port portability portion portray pose position positive possess
possession possibility possible post postage postal postpone postulate pot potato potential pound pour poverty powder
power powerful practical practice practise pragmatic praise pray preach precede precedence precedent precious precise
precision predecessor predict prediction prefer preference prefix pregnancy pregnant prejudice preliminary premise
premium preparation prepare prescribe prescription presence presentation president press pressure presume pretentious
pretty prevail prevalent prevent prevention previous price pride priest primary prime primitive prince principal
principle print printout prior priority prise prison privacy private privatisation privatization privilege prize pro
probability probable problem procedure proceed process processor proclaim produce product production productive
productivity profession professional professor profile profit profound program programme progress prohibit project
projection proliferation prolong prominent promise promote promotion prompt prone pronoun pronounce pronunciation
proof propaganda proper property prophet proportion proportional proposal propose proposition proprietary prose
prosecute prosecution prospect prospective prostitute protect protection protein protest protocol prototype proud
prove proven provide provision provisional provocative provoke proximity pseudo psychological psychologist psychology
pub public publication publicise publicity publish pudding pull pulp pulse pump pun punch punctuation puncture punish
punishment puns punt pupil purchase pure purge purity purple purpose pursue pursuit push put puts putt puzzle python
qualification qualify quality quantity quantum quarter queen query quest question questionnaire queue quibble quick
quiet quit quite quiz quota quotation quote rabbit rabid race racial racism racist rack racket radar radiation radical
radio radius rag rage raid rail railroad railway rain rainbow raise ram rampant ran random rang range rank rant rape
rapid rare rash rat rate rather ratio rational rationale rats rattle rave raw ray razor re reach react reactionary
read readership ready real realisation realise realistic reality realization realm rear reason receipt receive
reception recipe recipient reckless reckon recognise recognition recognize recommend recommendation reconcile record
recovery recreational recruit recruitment rectangle rectangular rectify recursion recursive red reduce reduction
redundancy redundant refer reference referendum reflect reflection reflex refrain refusal refute regard regime region
regional register registration regret regrettably regular regulation reign reinstate reiterate reject rejection
relation relationship relative relativity relax relay release relevance relevant reliably relief relieve religion
religious reluctance reluctant rely remainder remarkably remedy reminiscent remote removal rend rendition renew rent
repeat repent repertoire repetition repetitive replacement reply represent representative repulsive reputation require
requirement requisite rescue resemblance resemble reservation reset residence resident resignation resist resistance
respect respective respond response responsibility responsible rest restaurant restriction restrictive result resume
resurrection retain retirement retract retrieval retrieve reuse reveal revelation revenge revert revise revolt
revolution revolutionary rhetorical rhyme rhythm ribbon rice rich rid ridden ride ridiculous rids right rigid rigorous
ring riot rip rips rise risen risk risky ritual rival river road robot robust rock rocket rod rode role roll roman
romance romantic roof room root rope rose rot rotate rotation rotten rough round roundabout rout route routine row
rows royal royalties rub rubbish rude ruin rule rumor rumour run rung runs rural rush rusty sabotage sack sacred
sacrifice sad sadden safe safeguard safety saga said sail saint sake saki salary sale salesman salt salvation same
sample sand sandwich sane sang sanity sank sarcasm sarcastic sat satellite satire satisfaction satisfactory satisfy
sauce save saw say says scale scan scandal scarce scare scarf scarlet scatter scenario scene scenery sceptical
schedule scheme scholar school science scientific scientist scope score scotch scrap scratch scream screen screw
script scroll scum sea seal search season seat second secondary secret secretary sect section sector secular secure
security see seed seek seem seen sees segment seldom select selection selective self selfish sell semantic seminar
send senior sensation sense sensible sensitive sensitivity sent sentence sentient sentiment sentimental separate
separation separator sequel sequence sequential serial series serious sermon servant serve service session set sets
settle seven seventh several severe severity sex sexist sexual sexuality sexy shade shadow shake shaken shaky shall
shallow shame shape share shareholder sharp she shed sheep sheer sheet shelf shell shelter shelve shift shine shiny
ship shirt shock shoe shone shook shoot shop short shortage shorten shorthand shot should shout shove show shown shut
shutdown shy sic sick sicken side sideways sigh sight sigma sign signal signature significance significant silence
silent silicon silly silver similar similarity simple simplicity simplify simplistic simulate simulation simultaneous
sin since sincere sine sinful sing single singular sinister sink sins sir sister sit site sits situate situation six
sixteen sixth sixty size skeleton skeptical sketch skill skin skip skirt skull sky slag slang slash slave sleep slept
slice slid slide slight slim slip slippery slogan slope sloppy slot slow small smallish smart smash smell smelly smile
smith smoke smooth smug snack snag snail sneak sneaky sniff snobbery snow so soap sober social socialism socialist
society sock socket sod soft software soil solar sold soldier sole solicitor solid solo solution solve some somebody
somehow someone someplace something sometime somewhat somewhere son song sons soon sophisticate sordid sore sorry sort
sought soul sound soundtrack soup source south southern space span spare spatial speak special specialise specialist
speciality specialty species specific specification specify specimen spectacular spectrum speculate speculation sped
speech speed spell spelt spend spent sphere spigot spike spill spin spiral spirit spiritual spit spite splendid split
spoil spoilt spoke spoken spokesman sponsor spontaneous spoof spool sport spot spout sprang spray spread spring sprung
spur spurious spy squad square squash squeeze stability stable stack staff stage stagger stair staircase stake stale
stall stamp stance stand standard standardise standpoint star stare stark start startle starve state statement static
station stationary statistic statistical status stay steady steal steam steel steep steer stem step stereo stereotype
sterile sterling stick sticky stiff still stimulate stimulation stir stock stole stolen stomach stone stood stop
storage store storey storm story straight straightforward strain strange strategic strategy straw stray stream street
strength strengthen stress stretch strict strike string stringent strip strive stroke strong struck structural
structure struggle stuck student studio study stuff stumble stun stunt stupid stupidity style subject subjective
submit subscribe subscription subsequent subset subsidiary subsidise subsidize substantial substitute substitution
subtle subtlety subway succeed success successful succession successive successor such sudden sue sued sues suffer
suffice sufficient suffix sugar suggest suggestion suicidal suicide suit suitability suite sum summarise summary sums
sun sundry sung sunk sunlight sunny sunrise sunshine super superb superficial superfluous superior superiority
supervise supervisor supplement supplementary supply support suppose suppress suppression supreme sure surface surgery
surname surplus surprise surround survey survival survive susceptible suspect suspend suspension suspicion suspicious
sustain swallow swam swamp swap swear sweat sweep sweet swept swim swing switch sword swore sworn swum symbol symbolic
symmetric symmetry sympathetic sympathise sympathy symphony symptom syndicate syndrome synonym synonymous syntactic
syntax synthesis synthesizer system systematic tab table tabs tack tackle tactic tactical tactless tag tail tailor
take taken tale talent talk tall tame tangent tank tap tape target task taste taught tax taxation taxi taxpayer tea
teach team teapot tear technical technique technological technology tedious teenage teeth telephone telescope
television tell temper temperature temple temporary tempt temptation ten tend tendency tennis tens tense tension
tentative tenth term terminal terminate termination terminator terminology terrible terrify territory terror terrorism
terrorist terse test text textbook textual than thank thankful that the theater theatre thee theft their them theme
themselves then theological theology theorem theoretical theory therapy there thereabouts thereafter thereby therefore
therein thereof these thesis they thick thief thieve thin think third thirst thirty this thorough thoroughfare those
thou though thought thousand thread threat threaten three threshold threw throat through throughout throughput throw
thrown thrust thumb thus thy tick ticket tidy tie tied ties tiger tight tile till time timescale timetable tin tins
tiny tip tips tire tiresome title to toad toast tobacco today toe toes together toggle toilet token told tolerance
tolerant tolerate toll tomato tome tomorrow ton tone tongue tonight tons too took tool tooth top topic topical tops
tore torn torture toss total touch tough tour tourist toward tower town toy toys trace track trade tradition
traditional traffic tragedy tragic trail train transcript transfer transient transit transition translation translator
transmit trap trash trashcan travel tray tread treasure treat treatment treaty tree trek tremendous trend trendy trial
tribe trick tricky trifle trigger trilogy trinity trip triple tripos triumph trivia trivial trolley troop trouble
trouser truck true truly trumpet truncate trunk trust trusty truth try tube tune tunnel turn turntable tutor tutorial
twelve twentieth twenty twice twin twist two tying type typeset typewriter typical tyre ugh ugly ultimate umbrella
unauthorized unbelievably uncle under undergo underlay underlie underneath undid undo undoubtedly unexpectedly uniform
unify uninteresting union unique unit unite unity universal universe university unrelated unreliable unset unsolicited
until unto up upbringing update upgrade upon upper upright ups upset upside upstairs upward urban urge urgency urgent
us usage use used useful user uses usual utility utter vacancy vacation vacuum vague vain valid validity valley value
valve van vandalism vanish vans variable variance variant variation variety various vary vast vat vector vegetable
vegetarian vehicle vein velocity vend vendor venture venue verb verbal verbatim verbose verdict verification verify
versatile verse version versus vertical very vessel vet via viable vicar vice vicinity vicious victim victory video
view viewpoint vigorously vile village vintage vinyl violate violation violence violent violin virgin virtual virtue
virus visible vision visit visitor visual vital vocabulary vocal voice void voltage volume voluntary volunteer vomit
vote vouch vowel vulnerable wade waffle wage wait wake walk wall wallet wander want war ward warehouse warm warn warp
warrant warranty wars wartime wary was wash waste wasteful watch water wave way ways we weak wealth wealthy weapon
wear weary weasel weather wed weds wee week weekday weekend weigh weight weird welcome welfare well went were west
western wet wets whale what whatever whatsoever wheel when whence whenever where whereas whereby whereupon wherever
whether which whichever while whilst whim whiskey whisky whistle white who whoever whole wholeheartedly wholly whom
whoop whose why wicked wide widespread width wife wild will win wind window wine wing wins winter wipe wire wisdom
wise wish wit witch with withdraw withdrawal withdrawn withdrew within without witty wive wizard woke woken wolf woman
wombat women won wonder wonderful wondrous wont wood wooden word wore work workload workshop workstation world
worldwide worm worn worry worse worship worst worth worthwhile worthy would wound wow wrap wrath wreck wren wretched
wrist write written wrong wrote yard yawn year yellow yes yesterday yet yeti yield you young your yourself yourselves
youth zero zone zoom`

/** Levels 35 and 40: what most dictionaries have. */
export const FURTHER_ENGLISH = `aback abacus abandonment abash abate abbey abbot abdicate abdication abdomen abdominal abduct abduction aberration
abet abhor abhorrence abhorrent abject ablaze ably abnormality aboard abode abolitionist abominable abomination
aboriginal aborigine abortive abound aboveboard abrasive abreast abridge abridgement abridgment abrupt abscess abscond
absentee absenteeism absolve absorbent absorption abstain abstention abstinence abstinent abstruse absurdity abundance
abundant abyss academy accede acceleration accelerator accentuate acceptability accessibility accessory acclaim
acclimate acclimation acclimatise acclimatize accolade accompaniment accompanist accomplice accomplishment accordion
accost accountability accountancy accredit accreditation accrue accumulation aced acerbic aces ache achy acidic
acidity acknowledgement acknowledgment acne acquaint acquiesce acquiescence acquit acquittal acre acreage acrid
acrimonious acrimony acrobat acrobatic acrylic activation activism activist actress actualisation actuality
actualization actuary acumen acupuncture ad adage adamant adaptive addendum addiction additive addressee adept
adequacy adherence adherent adhesion adhesive adjectival adjoin adjourn adjournment adjudicate adjudicator adjunct
administrator admiral admissible admittance admonish admonition ado adobe adolescence adolescent adoptive adoration
adore adorn adornment adrenaline adrift adroit ads adulation adulterate adulteration adultery adulthood advancement
adverb adverbial adversary adversity advocacy aeon aerobic aerodynamic aeroplane aerosol aerospace afar affable
affectation affectionate affidavit affiliate affiliation affinity affirm affirmation affirmative affix afflict
affliction affluence affluent affront afield aflame afloat afoot aforesaid afresh aftereffect afterlife afterlives
aftermath aftershave aftershock afterthought aggravate aggravation aggregate aggression aggressor aggrieve aghast
agile agility agitate agitation agitator aglow agnostic agnosticism agonise agonizingly agriculture aground ah aha
ahoy aide ail ailment ails airborne airfare airfield airline airmail airplane airs airspace airstrip airtight airwaves
airy aisle ajar alarmist albino alcoholism alcove alderman aldermen alderwoman alderwomen ale ales alfalfa alga algae
alibi alienate alienation alight alimony alkali alkaline allay allegiance allegorical allegory allergy alleviation
alley alligator allot allotment alloy allude allure allusion almanac almighty almond alms aloft aloha aloof
alphanumeric alpine alright altar altercation alternation alternator altitude alto altruism altruistic aluminium
aluminum alumna alumnae alumni alumnus amalgamate amalgamation amass amateurish amazement ambassadorial ambiance
ambidextrous ambience ambition ambivalence ambivalent amble ambulance ambush ameliorate amelioration amen amenity
amethyst amiable amicable amid amidst amiss ammo ammonia ammunition amnesia amnesiac amnesty amoeba amoebae amok
amoral amorous amorphous ampere ampersand amphetamine amphibian amphibious amphitheater amphitheatre amplification
amplify amplitude amps amputate amputation amputee amulet anachronism anachronistic anaemia anaemic anaesthesia
anaesthesiologist anaesthetic anaesthetise anaesthetist anal analgesic analytic analytical anarchic anarchism
anarchist anathema anatomical ancestral ancestry anchor anchorage anchorman anchormen anchorwoman anchorwomen anchovy
android anecdotal anemia anemic anesthesia anesthesiologist anesthetic anesthetist anesthetize anew angelic angst
angular animate animation animosity ankle annals annex annexation annihilate annihilation annotate annotation annuity
annul annulment anoint anomalous anon anonymity anorexia anorexic ant antacid antagonise antagonism antagonist
antagonistic antagonize ante anteater antebellum antelope antenna antennae anthem anthill anthrax anthropological
anthropologist anthropology antibiotic antic antihistamine antipathy antiperspirant antiquate antiquity antiseptic
antler antonym ants anus anvil anxiety anymore anytime aorta apartheid apartment ape aped aperitif aperture apes apex
aphorism aphrodisiac apiece aplomb apocalypse apocalyptic apocryphal apolitical apologetic apoplectic apoplexy apostle
apostolic app apparel apparition appease appeasement appendage appendices appendicitis appetiser appetising appetite
appetizer appetizing applaud applesauce appliance applicability applicator appointee apportion apposite appraise
appreciable appreciative apprehend apprehension apprehensive apprentice apprenticeship apprise apprize approbation
appropriation apps apricot apron apter aptest aptitude aquamarine aquarium aquatic aqueduct arbiter arbitrate
arbitration arbitrator arbor arbour archaeological archaeologist archaeology archbishop archery archetypal archipelago
architect architectural archway arcs arctic ardent ardor ardour arduous ares argumentative aria arid aristocracy
aristocrat aristocratic ark arks armadillo armament armband armchair armful armhole armistice armor armory armour
armoury armpit aroma aromatic arousal arouse arraign arraignment arrears arsehole arsenal arsenic arson arsonist
artefact arterial artery artful arthritic arthritis artichoke articulate articulation artifact artifice artillery
artisan artistry artsy artwork asbestos ascendancy ascension ascent ascertain ascetic ascribe asexual ashen ashore
ashtray askance askew asparagus aspen aspersion asphalt asphyxiate asphyxiation aspirant aspiration aspire aspirin
assail assailant assassin assassinate assassination assemblyman assemblymen assemblywoman assemblywomen assent
assertive assessor asshole assimilate assimilation associative assortment assurance asteroid asthma asthmatic astonish
astonishment astound astray astride astringent astrologer astrological astrology astronaut astronomical astute asylum
asymmetry atheistic athlete athletic atone atonement atrocious attainment attentive attest attic attire attribution
attune auburn auction auctioneer audacious audacity audiovisual audit audition auditor auditorium auditory augment
august aura aural auspice auspicious austere austerity authenticate authenticity authoritarian authoritative
authorship autistic auto autocracy autocrat autocratic automation autonomous autonomy autopsy autumnal auxiliary avail
avalanche avarice avaricious avenge avenue averse aversion avert aviation aviator avid avocado avoidance avow avowal
awaken awash awe awed awes awesome awhile awning awoke awoken awry axed axiomatic axle aye ayes azalea azure baa baas
babble babe baboon babyish babysat babysit bachelor backbreaking backdrop backfire backgammon backhand backlash
backpack backside backslash backstage backstroke backtrack backup backwoods backyard bacon bacterial bade badlands
badminton badmouth bagel baggy bagpipe bail bailiff bait bakery balcony bald bale baleful balk ballad ballast
ballerina ballistic balloon ballpark ballroom balm balmy baloney bamboo bamboozle banality bandage bandanna bandit
bandstand bandy bane bangle bani banish banister banjo banknote bankruptcy banquet banter baptise baptism baptismal
baptize barb barbarian barbaric barbarism barbarous barbecue barbell barbiturate bard bareback barefoot barf barge
barista baritone barley barman barn barnacle barnyard barometer barometric baron barrack barrage barren barrette
barricade barrio barroom bartender barter baseball baseline bashful basil basin bask basketball bassist bassoon baste
bate bathe bathrobe bathtub baton bats batsman battalion battlefield battleground battleship baulk bawdy bawl bayonet
bayou bays bazaar beacon bead beady beagle beak beautician beautify beaver bebop beckon bedbug bedclothes bedlam
bedpan bedraggle bedridden bedrock bedside bedspread bedtime bee beech beefy beehive beeline beep bees beeswax beet
beetle beeves befall befallen befell befit befriend beggar begrudge begs beguile behalves behavioral behavioural
behead beheld behold beige belabor belabour belated belch belfry belie belittle bellboy bellhop belligerence
belligerent bellow belly bellybutton beltway belying bemoan bemuse benchmark benediction benefactor beneficiary
benevolence benevolent benighted benign bequeath bequest berate bereave bereavement bereft beret berry berserk berth
beseech beset besiege besought bestial bestiality bestow bestseller betcha betray betrayal betrothal betterment bettor
bevel beverage bewilder bewilderment bewitch bib bibliographic bibliography bibs bicep bicker bidden bide biennial
bigamist bigamous bigamy biggie bigmouth bigwig bike bikini bile bilingual billboard billiards billionaire billionth
billow bimbo bimonthlies binge bingo binocular binomial bins biochemical biodegradable biographer biographical biopsy
biped birch birdbrained birdcage birdseed birthmark birthplace birthrate bison bitch bitchy bittersweet biweeklies
blab blabbermouth blackberry blackbird blacken blackhead blackjack blacklist blackout blacksmith blacktop bladder blah
blanch blancmange bland blare blaspheme blasphemous blasphemy blastoff blaze bleach bleak bleary bleat bled bleed
blemish blend blight blimp blindfold blip blissful blister blithe blitz blizzard bloat bloc blockade blockage
blockbuster blockhead blog blond blonde bloodbath bloodhound bloodshed bloodshot bloodstain bloodstream bloodthirsty
bloom blooper blossom blot blotch blotchy blouse blowout blowtorch blowup blubber bludgeon bluebell blueberry bluebird
bluegrass blueprint bluff bluish blunder blunt blur blurry blurt blush bluster boa boar boardinghouse boardroom
boardwalk boas boast boastful bobbed bobbin bobbing bobcat bobsled bode bodice bodybuilding bodyguard bodywork
bogeyman bogeymen bohemian boisterous bologna bolster bombard bombardment bombshell bonanza bondage bonfire bongo
bonkers bonnet bony boo boob booby boogie bookcase bookend bookie bookkeeper bookkeeping bookmaker bookmark bookshelf
bookworm boomerang boon boondocks boor boorish boos bootee booth bootleg bootstrap booty booze bop bops borough bosom
bossy bot botanical botanist botany botch bothersome bottleneck bough boulder boulevard bouncy bountiful bounty
bouquet bourbon bourgeois bourgeoisie boutique bovine bowel bowlegged bows boxcar boxer boycott boyfriend boyhood
boyish bozo bra brace bracelet brackish brag braggart braid brainchild brainchildren brainstorm brainwash brainy
braise bran brandish brandy bras brash brassiere brassy brat bravado bravery bravo brawl brawn brawny bray brazen
brazier breadbasket breadth breadwinner breakneck breakpoints breakthrough breakup breakwater breast breaststroke
breathtaking breezy brevity brew brewery bribe bribery bricklayer bricklaying bridal bride bridegroom bridesmaid
bridle briefcase brighten brilliance brim brimstone brine brink briny brisk bristle britches brittle broach broaden
broadside brocade broccoli brochure brogue broil brokenhearted brokerage bronchitis bronco bronze brooch brood brook
broom broomstick broth brothel brotherhood brow browbeat browbeaten brownie brownish brownstone bruise brunch brunette
brunt brusque brutalise brutality brute brutish buckle bucktoothed bud buddy budge buds buff buffalo buffet buffoon
buggy bugle buildup bulbous bulge bulky bulldog bulldoze bulletproof bullfight bullfrog bullion bullish bullshit bully
bum bumble bumblebee bumpy bums bun bung bungalow bungle bunion bunk bunny buns buoy buoyancy buoyant burble
burdensome bureau bureaucrat bureaucratic burger burglar burglarise burglary burgle burial burlap burly burnish burp
burr burro burrow bursar busboy bushel bushy businesslike businessman businessmen businesswoman businesswomen bustle
busybody busywork butcher butchery butler buts butt butte buttercup butterfingers butterfly buttermilk butterscotch
buttery buttock buttonhole buttress buxom buyout buzz buzzard buzzword byes bygone bylaw bystander byway cab cabaret
cabby cabin caboose cabs cacao cache cachet cackle cacti cactus cad cadaver caddie caddying cadence cadet cadre
cafeteria cagey cagier cagiest cahoot cajole calamity calcium calculi calf caliber calibrate calibration calibre
calico calk calligraphy callous callow callus calorie calve camaraderie camcorder camel camellia cameo cameraman
cameramen camerawoman camerawomen camouflage campground campsite canal canary cancellation candid candidacy candle
candlelight candlestick candor candour candy cane canine canister canker cannabis cannery cannibal cannibalism cannon
cannonball canny canoe canon canopy cantaloupe cantankerous canteen canvas canyon capacitance capacitor cape capillary
capitalisation capitalise capitalization capitol capitulate capitulation cappuccino caprice capricious capsule caption
captivate captive captivity captor caramel carat caravan carbohydrate carbonate carburetor carburettor carcass
carcinogenic cardiac cardigan cardinal cardiology careen carefree caregiver caresses caretaker cargo caribou
caricature carjack carnage carnal carnation carnival carnivore carnivorous carol carouse carousel carp carpenter
carpentry carriageway carrion carryout cart cartel cartilage cartographer cartography carton cartoonist cartwheel
carve cascade casework cashew cashier cashmere casino cask casket casserole castaway caste castigate castigation
castoff castrate castration casualty cataclysm cataclysmic catalyst catamaran catapult cataract catastrophe catcall
catchment catchy catechism categorical categorise caterpillar catfish catnap catnip catty catwalk caucus cauliflower
caulk causeway caustic cautionary cautious cavalier cavalry caveman cavemen cavern caviar cavity cavort caw caws
ceasefire cedar cede celebrity celery celestial celibacy celibate cellar cellist cello cellophane cellphone celluloid
cellulose cement cemetery censure census centenary centennial centerpiece centigrade centimeter centimetre centipede
centralise centrepiece centrifuge ceramic cereal cerebral ceremonial ceremonious certifiable certification certify
cervical cervices cervix cesarean cessation cesspool chafe chaff chagrin chainsaw chairmanship chairmen chairperson
chairwoman chairwomen chalet chalice chalkboard chalky chameleon champ championship chandelier chant chaperon
chaperone chaplain characterisation characterise characterization charade charcoal chariot charisma charismatic
charlatan chasm chassis chaste chasten chastise chastisement chastity chateaus chatterbox chatty chauffeur chauvinism
chauvinist chauvinistic cheapen cheapskate checkbook checkerboard checklist checkmate checkout checkpoint checkup
cheddar cheekbone cheep cheerleader cheery cheeseburger cheesecake cheesecloth cheetah chef chemotherapy chequebook
chequerboard cherish cherry cherub cherubim chessboard chewy chi chic chick chickadee chide chieftain chiffon
childbearing childbirth childcare childlike childproof chili chill chilli chilly chime chimney chimp chimpanzee chin
china chink chino chintz chipmunk chiropractor chirp chisel chit chitchat chivalrous chivalry chive chlorinate
chlorine chloroform chlorophyll choke cholera cholesterol choosy choppy chopstick chore choreograph choreography
chortle chow chowder christen chrome chromium chromosome chronic chronicle chronological chronology chrysanthemum
chubby chuckle chug chum chummy chump chunky churchgoer churlish churn chute chutzpah cigar cinch cinder
cinematographer cinnamon cipher circuitous circulatory circumcise circumcision circumference circumflex circumstantial
circumvent circumvention circus cirrhosis cistern citation citizenship citric citrus civic civility clack clad
clairvoyance clairvoyant clam clamber clammy clamor clamour clamp clampdown clan clandestine clang clank clap
clapboard claptrap claret clarinet clasp classmate classroom classy clatter claustrophobia claustrophobic claw clay
cleanse cleanup cleat cleavage cleave clef cleft clemency clench clergy clergyman clergymen clergywoman clergywomen
cleric clerical clerk cliffhanger climactic climatic climax clime clinch cling clinician clink clipboard clitoris
cloak cloakroom clobber clockwise clockwork clod cloister closeout clot clothesline clothespin cloudburst cloudy clout
clove cloven clown clubhouse cluck clump clung clunk clutch clutter coagulate coagulation coalesce coalition coarsen
coastal coastline coax cob cobalt cobble cobblestone cobra cobs cobweb cocaine cock cockeyed cockpit cockroach
cocktail cocky cocoa coconut cocoon cod cods coed coerce coercion coercive coffeehouse coffer coffin cog cogency
cognac cognitive cogs coherence cohesion coil coinage cola coleslaw colic collaborate collaborative collaborator
collage collapsible collarbone collateral collation collectible collector collegiate collide collie collision
colloquial colloquialism collusion cologne colonel colonial colonialism colonisation colonise colonist colonization
colorblind colorful colossal colourblind colourful colt columnist coma comatose comb combatant combative combustible
combustion comeback comedown comestible comet comeuppance comfy comical commandant commandeer commando commemorate
commemoration commemorative commencement commend commendation commentate commerce commercialise commercialism
commiserate commiseration commodore commonplace commonwealth commotion commune communicable communicative communicator
communion communique commutative commute compaction companionship compartment compartmentalise compartmentalize
compass compassionate compatriot compensatory complacency complexion compliance compliant complicity complimentary
compost composure compulsive compunction comrade comradeship concatenation concave concealment conceit concentric
concession concierge conciliate conciliation conciliatory conclusive concoct concoction concord concordance concourse
concurrence concurrency concurrent concussion condensation condescend condescension condiment condo condolence
condominium condor conducive cone confection confederacy confederate confederation confer confession confetti
confidant confide confinement confiscate confiscation conformist conformity confound confrontation congeal congenial
congenital conglomerate congratulatory congregate congregation congress congressional congressman congressmen
congresswoman congresswomen congruent conical conifer coniferous conjugal conjugate conjugation conjure connective
connectivity connivance connive connoisseur connote conquer conqueror conquest cons conscientious consecrate
consecration consequential conservationist conservatism conservator conservatory conserve consign consignment
consolidate consolidation consonant consort consortia consortium conspirator conspiratorial conspire constancy
constellation consternation constipate constipation constrict constriction construe consul consular consulate
consumerism consummate consummation contagion contagious contaminate contamination contemplation contemplative
contemptible contemptuous contentment contestant contextual contiguous contingency contingent contort contortion
contraband contraceptive contraction contractor contractual contraption contravene contributory contrite contrition
controllable convalesce convalescence convalescent convection convene convent converge convergence conversant
conversational convertible convex conveyance convivial convoluted convoy convulse convulsion convulsive coo cookbook
cookout coop coordinator coos cop copperhead cops copter copulate copulation coral cord cordial cordiality cordon
corduroy cork corkscrew cornbread cornea cornerstone cornet cornflakes cornmeal cornstarch corny corollary coronary
coronation coroner corporal corps corpulent corpus corpuscle corral corrective corrector corroborate corroboration
corrode corrosion corrosive corrugate corruptible corsage corset cortex cosmetic cosmonaut cosmopolitan cosmos costume
cot cots cottage cottontail cottonwood couch cougar councillor councilor counsellor counselor countdown countenance
counteract counterattack counterbalance counterclockwise counterfeit counterproductive countersign countesses
countryman countrymen countrywoman countrywomen coup courageous courteous courthouse courtroom courtship courtyard
cove covenant coverall covert covet covetous covid cowardice cowboy cower cowgirl cowhide cox coy coyer coyote crab
crabby crackdown crackle crackpot cradle craftsman craftsmanship craftsmen crafty crag craggy cram cranberry crane
cranium crank cranky cranny crappy crate cravat crave crayfish crayon craze creak creaky creamy crease creativity
credence credential creditor credo credulous creek creepy cremate cremation crematoria crematorium creole crepe crept
crescendo crescent crest crestfallen cretin cretinous crevasse crevice crib crick crimp crimson cringe crinkle cripple
crispy crisscross critique critter croak crochet crock crockery crocodile crocus crofts croissant crony crook croon
croquet crossbow crosscheck crossfire crossover crosstown crosswalk crotch crouch crow crowbar crucifix crucifixion
crucify crud cruddy crudity crumb crumble crummy crumple crunchy crusade crust crustacean crusty crutch crux crybaby
crypt crystallisation crystallise crystallization crystallized crystallizes crystallizing cub cubicle cubs cucumber
cuddle cued cues cuff cuisine culinary cull culminate culmination culpability culpable cultivate cultivation cupcake
cupful cur curator curb curd curdle curfew curio curl currant curricula cursory curt curtail curtsy curvature curvy
cushion cuss custodial custodian custody customisation customise customization cutback cuticle cutlery cutlet cutoff
cutthroat cyanide cybernetics cyberspace cyclic cyclical cyclone cylindrical cymbal cynicism cypress cyst czar dab
dabble dabs dachshund dad daddy dads daemon daffodil dagger dainty dairy dais daisy dally dam dame dampen dams damsel
dandelion dandruff dandy dangle dank dapper daredevil darken darkroom darn dart dashboard dastardly daub daunt dawdle
daybreak daydream daze dazzle deacon deaconesses deaden deadlock deadpan deafen dealership dean dearth deathbed
deathtrap deaves debase debasement debauchery debilitate debility debit debonair debrief debris debtor debunk debut
decadence decadent decaf decaffeinate decal decanter decapitate decathlon decease deceit deceitful deceive decency
decentralisation decentralise decentralization decentralize deception deceptive decibel deciduous decimate decipher
decisive declension decompose decomposition decor decorate decoration decorative decorator decorous decorum decoy
decree decrepit decriminalise decriminalize decry dedication deduct deductible deductive deepen deer deface defamation
defamatory defame defeatist defecate defection defector defendant defensible defer deference deferential defiance
defiant deficient deficit defile deflate deflation deflect deflection deforestation deform deformation deformity
defraud defrost deft defunct defuse degeneration dehydrate dehydration deify deign deject dejection delectable
delegate delegation deleterious deli deliberation delicacy delicatessen delimit delineate delinquency delinquent
delirious delirium deliverance delude deluge deluxe delve demagogic demagogue demean demeanor demeanour dementia
demerit demo democrat demographic demolition demon demonic demonstrably demonstrative demonstrator demoralise
demoralize demote demotion demount demure den denial denigrate denim denomination denounce dens dent dental dentistry
denture denunciation deodorant deodorise deodorize depart dependency depict depiction deplete depletion deplore deploy
deployment deport deportation deportment depose depot deprave depravity deprecate depreciate depreciation deprivation
derail derailment derby derelict deride derision derivation derrick descendant descendent descent descriptor desecrate
desecration desegregate desegregation designation desirability desirous desist desolate desolation desperation
despicable despondent despot despotic dessert destabilise destabilize destiny destitute destitution detachment detain
detentes detention detergent deteriorate deterioration determinism deterministic deterrence detest dethrone detonate
detonation detonator detour detox detriment detrimental devaluation devalue devastation deviant deviate devilish
devolution devolve devotee devotion devour devout dew dexterity dexterous diabetes diabetic diabolical diagnose
diametrically diamond diaper diaphragm diarrhea diarrhoea diatribe dicey dichotomy dicier diciest dick dictation
dictatorial diction dietary differentiation diffuse diffusion digestible digestion digestive digitise dignify
dignitary digress digression dike dilapidated dilapidation dilate dilation diligence diligent dill dilute dilution
dime diminish diminutive dimple dims din dinghy dingy dinosaur dins diocese dioxide diphtheria diphthong diploma
diplomacy diplomat diplomata dips dipstick dirge dis disagreeably disambiguate disappointingly disapprovingly disarm
disburse disbursement discern discernible disciple disciplinarian discoloration discolouration disconsolate discordant
discouragement discreet discretionary discriminatory discus disdain disdainful disembarkation disfigurement disgruntle
dishevel dishonorably dishonourably dishtowel dishwasher disillusionment disinfectant disingenuous disinterested
disinterests diskette dismay dismissal disorganized disorganizes disorganizing disown disparage disparate dispel
dispensary dispensation dispense dispersal disperse dispersion dispirit disposables disrepair disruptive disseminate
dissemination dissension dissidence dissident dissipate dissipation dissociate dissociation dissolute dissonance
dissuade distention distil distillation distillery distraught distributor disuse dither ditty diverge divergence
divergent diversification diversify diversion dividend divinity divisible divisive divisor divulge dizzy docile dock
docket doctorate dodo doer doggerel doggone doghouse dogmatic dogwood doily doldrums doleful doll dollhouse dollop
dolly dolphin dome domesticate domesticity domicile dominance domination domineer dominion domino donkey donor doodad
doodle doohickey doomsday doorbell doorknob doorman doormat doormen doorstep doorway dope dopey dopier dopiest dork
dorky dorm dormant dormitory dorsal dos dosage dossier dote dough doughnut dour douse dove dowdy downcast downfall
downgrade downhearted download downplay downpour downsized downsizes downsizing downstate downstream downtime downtown
downtrodden downturn downward downwind downy dowry doze drab draconian draftsman draftsmen drafty dragonfly drainage
drake dramatisation dramatise dramatist dramatization dramatize drape drapery draughtsman draughtsmen draughty
drawbridge drawl dreadlocks dreamy dredge dregs drench dressmaker dressy dribble driftwood driveway drizzle droll
drone drool droop dropout dross drought drowse drowsy drudge drudgery druggist drugstore drumstick drunkard dryer drys
dualism dub dubs duchess duckling duct dud dude duds duel dues duet dugout duke dully dumbbell dumbfound dumpling
dumpy dunce dune dung dungeon dunk dunno duo duos dupe duplex duplicity durability durable duress dusk dusky dustmen
dustpan dutiful duvet dwarf dwell dwelt dwindle dye dyed dyes dyke dynamical dynamism dynamite dynamo dynasty
dysentery dysfunction dysfunctional dyslexia dyslexic earache eardrum earl earlobe earmark earmuff earphone earplug
earshot earsplitting earthquake earthshaking earthworm earthy earwax easel eastbound easterlies eastward easygoing
eatery eave eavesdrop ebb ebbs ebony ebullience ebullient eccentricity ecclesiastical eclectic eclipse ecologist
economise economist ecosystem ecstasy ecstatic ecumenical eczema eddy edgewise edgy edible edict edification edifice
edify editorship educator eel eels eerie eerily effectual effeminate effervescence effervescent effigy effusive
egalitarian egalitarianism egghead eggplant eggshell egocentric egoism egotism egotist egotistical egregious
eigenvalue eighteenth eightieth eighty ejaculate ejaculation eject ejection eke eked ekes elaboration elapse elastic
elasticity elate elation elbow elbowroom elder eldest elective elector electrician electrify electrocute electrocution
electrode electrolysis electromagnetic electrostatic elegance elegy elemental elevate elevation eleventh elf elfin
elicit eligibility elimination elitism elk elks ellipse ellipsis elliptic elliptical elm elms elongate elope elopement
eloquence eloquent elucidate elude elusive elves emaciate email emanate emancipate emancipation embalm embankment
embargo embark embassy embattled embellish embellishment ember embezzle embezzlement embitter emblazon emblem
embodiment embody emboss embrace embroider embroidery embroil embryo embryonic emcee emerald emergence emergent
emeritus emigrant emigrate emigration eminence emir emirate emissary emission emoji emotive empathise empathy emperor
emphatic emphysema emporium empower empowerment empress emulsion enact enactment enamel enamor enamour encapsulate
encase enchant enchantment enchilada encircle enclave enclosure encompass encore encroach encrypted encryption
encumber encumbrance encyclopaedia encyclopedia endanger endear endearment endemic endive endorse endorsement endow
endowment endurance endure endways enema energetic energise enforcement enfranchise engagement engender engrave
engross engulf enigma enigmatic enlargement enlist enlistment enliven enmity enormity enrage enrich enrichment enrol
enroll enrollment enrolment ensconce ensemble enshrine ensign enslave ensue entangle entanglement enthral enthrall
enthuse enthusiast entice enticement entitlement entomologist entomology entourage entrails entrant entrap entrapment
entreat entreaty entrench entrepreneur entrepreneurial entropy entrust entryway entwine enumerate enumeration
enunciate enunciation envelop enviable envious environmentalist environs envision envoy enzyme eon eons epaulet
epaulette ephemeral epicenter epicentre epidemic epidermis epigram epilepsy epileptic epilogue episodic epistle
epitaph epithet epitome epitomise epitomize epoch epsilon equalise equanimity equator equatorial equestrian
equilateral equine equinox equitable equity equivalence equivocal eradicate eradication eras erasure erect erection
ergonomic erode erosion erotic eroticism errand errant erratic errs erstwhile erudite erudition erupt eruption es
escalate escalation escalator escapade escapism escapist eschew escort esophagi esophagus especial espionage espouse
espresso esteem estimable estrange estrangement estrogen estuary etch ether ethereal ethos etiquette etymological
eulogise eulogy eunuch euphemism euphemistic euphoria euphoric eureka euthanasia evacuate evacuation evacuee evade
evangelical evangelism evangelist evangelistic evaporate evaporation evasion evasive eve evenhanded eventful
eventuality evergreen everlasting evermore everyplace eves evict eviction evocative evoke ewe ewes ex exacerbate
exaggeration exalt exaltation exasperate exasperation excavate excavation excel excellence excerpt excise excision
exclaim excommunicate excommunication excrement excrete excruciating excursion exec executor exemplary exemplify
exemption exert exertion exes exhale exhaustion exhibitionism exhibitionist exhibitor exhilarate exhilaration exhort
exhortation exhumation exhume exile existent existential exodus exonerate exoneration exorbitant exorcism exorcist
expanse expansionist expansive expatriate expectancy expectant expediency expedient expedite expel expend expiration
expletive explicable exploratory expo exponent exportation exposition expound expressive expropriate expropriation
expulsion exquisite extemporaneous exterior exterminate extermination exterminator extinct extinguish extol extort
extortion extortionate extracurricular extradite extradition extrapolate extrapolation extravagance extravagant
extremism extremity extricate extrovert exuberance exuberant exude exult exultant exultation eyeball eyebrow eyed
eyeglass eyelash eyelid eyeliner eyesore eyewitness fable fabricate fabrication fabulous facade facet facetious facial
facile facsimile faction factorial factorisation factorization fad fade fads faecal faeces fag faggot fagot fags
fairground falcon fallible fallout falsehood falsetto falsification falsify falsity falter familiarise famish fanatic
fanatical fanaticism fanciful fanfare fang fanny fantasise faraway farcical farmhouse farmland farmyard farsighted
fart fascination fascism fasten fastidious fatalism fatalistic fatality fateful fatherhood fatherland fathom fatigue
fats fatten fatty fauna favoritism favouritism fawn fax faze fearful fearsome feast feather feathery fecal feces
federalism federalist federate federation feds feedbag feign feint feisty feline fellowship felon felony feminine
femininity feminism fen fend fer ferment fermentation fern ferocious ferocity ferret ferry fertile fertilisation
fertilise fertility fertilization fertilized fertilizer fertilizes fertilizing fervent fervor fervour fest festive
festivity festoon fetal feted fetid feting fetish fetter fetus feud feudal feudalism feverish fez fezzes fiasco fiat
fib fiberglass fibreglass fibrous fibs fiche fickle fictitious fidelity fidget fidgety fieldwork fiend fiendish fiery
fiesta fifteenth fiftieth fig figment figs figurative figurehead filament filch filet filibuster filigree fillet filly
filmmaker filmy filth fin finagle finale finalist finality financier finch finesse fingernail fingerprint fingertip
finicky fins fir firearm firebrand firecracker firefighter firefly fireman firemen fireplace fireproof fireside
firewall firewood firmware firs firsthand fishbowl fisherman fishermen fishery fishnet fishtail fishy fission fissure
fist fitful fixation fixture fizz fizzle fjord flab flabbergast flabby flaccid flagpole flagrant flagship flagstone
flail flair flak flake flaky flamboyance flamboyant flamenco flamingo flammable flank flannel flap flapjack flare
flashback flashlight flashy flask flatten flattery flatulence flaunt flautist flea fleck fled fledged fledgling flee
fleece fleecy fleshy flex flextime flick flighty flimsy flinch fling flint flippant flirt flirtation flirtatious flit
flock flog floodgate floodlight floodlit floozy flop flophouse flora floral florid florist floss flotilla flounce
flounder flourish flout flowerbed flowerpot flowery flu flub fluctuate flue fluency fluff fluidity fluke flung flunk
flunky fluorescent fluoride flurry fluster flutist flutter flux flyer flyover flyswatter foal foamy focal fodder foe
foes fogbound fogey foggy foghorn fogs fogy foible foil foist foliage folklore folksy follicle folly foment fondle
foodstuff foolhardy foolproof footage footbridge foothill foothold footlights footlocker footloose footpath footprint
footsie footstep footstool footwear footwork forage foray forbear forbearance forbore forborne forceful forceps
forcible ford fore forearm forego foreleg foreman foremen forensic foresaw foresee forestry forfeit forge forgery
forgetful forgo forgone forklift forlorn formaldehyde formalise formality formative formidable formulate fornicate
fornication forsake forsaken forsook forswear forswore forsworn fort forte forthright forthwith fortieth fortification
fortify fortitude fortress fortuitous forwent fossilise foster foundling foundry fount fourteenth fowl fox foxhole
foxtrot foxy foyer fracas fractal fractional fractious fracture fragility fragmentary fragmentation fragrance fragrant
frail frailty franc franchise frankfurter frat fraternal fraternise fraternity fraternize fraudulent fraught fray
freckle freebie freehand freelance freeload freethinker freethinking freewheel freight frenetic frenzy freshen
freshman freshmen freshwater fret fretful friar fridge frieze frigate fright frightful frigid frigidity frill frilly
frisk frisky fritter frivolity frizz frizzy fro frock frolic frolicked frolicking frond frontage frontal frontier
frost frostbit frostbite frostbitten frosty froth frothy frugal frugality fruitcake fruitful fruition fruity frumpy
fuck fugitive fulcrum fulfillment fulfilment fumble fumigate fumigation fundamentalism fungal fungi fungicide fungus
funk funky funnel furious furl furlong furlough furnace furnish furor furore furrow furs furtive fury fuselage
futility futuristic fuzz gab gabby gable gabs gadget gaffe gag gaggle gags gaiety gainful gait gal gala gale gall
gallant gallantry gallbladder gallery galley gallivant gallon gallop gallows galore galosh gals galvanise galvanize
gambit gamble gamma gamut gander gangland gangling gangplank gangrene gangster gangway gape garb gardenia gargantuan
gargle gargoyle garish garland garlic garment garnet garnish garret garrison garrulous garter gaseous gash gasket
gassy gastric gastronomic gasworks gatecrasher gauche gaudy gauge gaunt gauntlet gauze gavel gawk gawky gayer gayest
gays gaze gazebo gazelle gazette gearshift gee geed geek geeky gees geese geezer geisha gel gelatin geld gels gem gems
genealogical genealogist genealogy genera generality generosity genesis geneticist genial genie genii genital
genitalia gent genteel gentile gentility gentrification gentry genuflect genus geographer geographic geologic
geological geologist geometric geranium gerbil geriatric germ germicide germinate germination gerrymander gerund
gestation gesticulate getaway getup geyser ghetto ghostwriter ghoul ghoulish gibber gibe giblet giddy gigabyte
gigantic giggle gigs gild gill gilt gimme gimmick gimmicky ginger gingerbread gingham gins giraffe girder girdle
girlhood girlish girth gist giveaway gizmo gizzard glacial glacier gladden glade gladiator glamorise glamorize
glamorous glamour gland glandular glare glassware glassy glaze gleam glee gleeful glen glib glide glimmer glimpse
glint glisten glitch glitter glitz glitzy gloat glob globe globetrotter globular globule gloom gloomy glorification
glorify gloss glossary glowworm glucose glum glut glutton gluttony glycerin glycerine gnarl gnarly gnash gnat gnaw gnu
gnus goad goalie goalkeeper goalpost goatee gob gobble gobbledegook gobbledygook goblet goblin gobs godchild
godchildren goddamn goddess godfather godforsaken godlike godmother godparent godsend gofer goggle goldsmith golly
gondola gong gonna gonorrhea gonorrhoea goo goodnight goodwill gooey goof goofy gooier gooiest goon goose gopher gore
gorge gorilla gory gosh gosling gossamer gotta gouge goulash gourd gourmet gout governesses governmental governorship
graceful gracious grad gradation gradient graft grainy gram gramophone grandchild grandchildren granddad granddaughter
grandeur grandiose grandma grandpa grandparent grandson grandstand granite granny granola granular granulate granule
grape grapefruit grapevine graphite grapple grasshopper grassland grassy grate gratification gratify gratis gratitude
gratuity gravel graven gravestone graveyard gravitate gravitation gravy grayish graze grease greenback greenery
greenhorn greenhouse greenish greet gregarious gremlin grenade greyhound greyish griddle gridiron gridlock grievance
grieve grievous grill grille grimace grime grimy grin grindstone gringo gripe grisly gristle grit gritty grizzled
grizzly grocer grocery groggy groin groom groove groovy grope grotesque grotto grouch grouchy groundhog groundswell
groundwork groupie grouse grove grovel growl groyne grub grubby grudge gruel gruesome gruff grumble grumpy grunge
grungy grunt gs guacamole guarantor guaranty guardian guardrail gubernatorial guerrilla guesstimate guesswork guff
guffaw guidebook guild guile guillotine guise guitarist gulch gull gullet gullibility gully gulp gumbo gumdrop gummy
gumption gums gunboat gunfire gunk gunman gunmen gunnysack gunpoint gunpowder gunrunner gunrunning gunshot guppy
gurgle guru gush gushy gust gusto gusty gutsy guttural guzzle gybe gym gymnasium gymnast gymnastics gyms
gynaecological gynaecologist gynaecology gynecological gynecologist gynecology gyp gyps gypsy gyrate gyration
gyroscope haberdashery habitat habitation habitual hackney hacksaw haddock haemoglobin haemophilia haemophiliac
haemorrhage haemorrhoid hag haggard haggle hags hailstone hairbrush hairdo hairdresser hairline hairnet hairpiece
hairsplitting hairstyle hairstylist hale halfhearted halftime halfway halibut hallelujah hallmark hallow hallucinate
hallucination hallucinogenic hallway halo halon hamburger hamlet hammock hamper hams hamster hamstring hamstrung
handbag handcuff handgun handicraft handiwork handkerchief handlebar handmade handout handpick handrail handshake
handsome handstand handwriting handwritten handyman handymen hangar hangout hanker hankie hanky haphazard hapless
harangue harass harassment harbor harbour hardball hardcover hardheaded hardhearted hardliner hardwood hare
harebrained harelip harem hark harlot harmonic harmonica harmonious harmonisation harmonise harmonization harness harp
harpist harpoon harpsichord harried harries harrow harrying hart harvest hashish haste hatch hatchback hatchet hateful
haughty haul haunch haunt haven hawk hays haystack haywire hazardous haze hazel hazelnut headband headfirst headgear
headhunter headland headlight headlong headmaster headmistress headphone headquarter headrest headroom headstone
headstrong headway headwind heady heal healthcare healthful hearsay hearse heartache heartbeat heartbreak heartbroken
heartburn hearten heartfelt hearth heartland heartthrob heartwarming hearty heath heathen heave heavyweight heck
heckle hectic hedge hedgehog hedonism hedonist hedonistic heed hefty heifer heighten heinous heir heiresses heirloom
heist heliport helium hellish helm hem hemisphere hemline hemlock hemoglobin hemophilia hemophiliac hemorrhage
hemorrhoid hemp hems hen henchman henchmen hens hepatitis herald herb herbal herbivore herbivorous hereabouts
hereafter hereditary heredity herein heretic heretical herewith hermaphrodite hermetic hermit hernia heroine heroism
heron herpes hers hertz hesitancy hesitant hesitation heterogeneous heterosexuality heuristic hew hews hexagon
hexagonal heyday hi hiatus hibernate hibernation hiccup hick hickey hickory hideaway hideout hieroglyphic highbrow
highland hijack hike hilarity hillbilly hillside hilltop hilly hilt hims hind hindquarter hindrance hinge hinterland
hippie hippo hippopotamus hippy hips hiss histogram histrionic hitch hitchhike hither hive hoard hoarse hoax hobbit
hobble hobbyhorse hobgoblin hobnob hobo hock hockey hodgepodge hoe hoed hoes hogs hoist hokey hokier hokiest holdover
holdup holistic holler holly holocaust hologram holster homage homecoming homeland homemade homemaker homeopathic
homeopathy homeowner homeroom homesick homespun homestead hometown homeward homework homey homicidal homicide homier
homiest homogeneity homogeneous homogenise homogenize homonym homophobic honcho hone honeycomb honeymoon honeysuckle
honk hood hoodlum hoodwink hoof hooligan hoop hooray hoot hooves hop hops hopscotch hormone hornet horny horoscope
horseback horseman horseplay horsepower horseradish horseshoe horticultural horticulture hose hosiery hospice
hospitable hospitalisation hospitalise hospitality hospitalization hostage hostel hostesses hostility hotbed hotcake
hothead hotshot hound hourglass houseboat housebound housebreak housebroke housebroken househusband housekeeper
housekeeping housewares housewarming housewife housewives housework hove hovel howdy howl hows hub hubbub hubcap hubs
huddle hue hued hues huff huffy hug hugs hulk hull hullabaloo humanise humanism humanist humanitarian humanitarianism
humankind humbug humdrum humid humidify humidity humiliate humiliation humility hummingbird humorist hump hums hunch
hunchback hundredth hunk hurdle hurl hurrah hurricane hurtful hurtle hush husk husky hustle hutch huts hyacinth hybrid
hydrant hydraulic hydroelectric hydroplane hyena hygiene hygienic hymn hymnal hype hyperbole hyphenate hyphenation
hypnosis hypnotic hypnotise hypnotism hypnotist hypnotize hypochondria hypochondriac hypodermic hypotenuse hypothermia
hypothesise hypothesize hysterectomy hysteria hysteric iceberg icebox icebreaker iced ices icicle icky icy idealise
idealism idealist identifiable idiocy idiomatic idiosyncrasy idly idol idolatrous idolatry idolise idyllic iffy ifs
igloo ignite ignition iguana ilk illegible illegitimacy illegitimate illicit illiteracy ills illuminate illumination
illusory illustrative illustrator illustrious imagery imbecile imbibe imbue imitate imitation imitative imitator
immaculate immaterial immaturity immeasurable immediacy immensity immerse immersion immigrant immigrate immigration
immobile immobilise immobility immobilized immobilizes immobilizing immorality immortalise immortality immovable
immunisation immunise immunity immunization immunize immutable imp impairment impale impart impartial impartiality
impasse impassioned impassive impatience impatient impeach impeachment impeccable impedance impede impediment impel
impenetrable imperceptible imperfection imperialism imperialist imperil impersonate impersonation impersonator
impertinence impertinent impervious impetuous impetus impinge impish implacable implant implicate implode implore
impolite importation imposition impossibility impostor impotence impotent impound impoverish imprecise impregnable
impregnate impressionistic imprint imprisonment improbability impromptu improper impropriety improvisation improvise
imps impudence impudent impulsive impunity impure impurity inaccessibility inaction inactive inactivity inadequacy
inadmissible inadvertent inadvisable inalienable inanimate inapplicable inarticulate inasmuch inattention inattentive
inaudible inaugural inaugurate inauguration inauspicious inborn inbred inbreed inbuilt incalculable incandescence
incandescent incantation incapacitate incapacity incarcerate incarceration incarnate incendiary incense inception
incessant incest incestuous incinerate incineration incinerator incision incisive incisor incite incitement incognito
incoherence incomparable incompatibility inconceivable inconclusive incongruity incongruous inconsequential
inconsiderable inconsiderate inconsolable inconspicuous incontinence incontinent incorporation incorrigible
incredulity incredulous incremental incriminate incrimination incubate incubation incubator incumbent indebted
indecency indecent indecision indecisive indefinable indelible indelicate indemnify indemnity indentation
indescribable indestructible indices indict indifference indifferent indigenous indigent indigestible indigestion
indignant indignation indignity indigo indiscreet indiscretion indiscriminate indispensable indisposed indisputable
indistinct individualism individualist individualistic individuality indivisible indoctrinate indoctrination indolence
indolent indomitable indoor inducement induct indulgence indulgent industrialisation industrialise industrialist
industrialization industrious inebriate inebriation inedible ineffectual inelegant ineligibility ineligible inept
ineptitude inequity inert inertial inescapable inessential inevitability inexact inexcusable inexhaustible inexorable
inexpensive inexperience inexplicable inextricably infallibility infamy infancy infantry infatuate infatuation
infeasible infectious inferno infertile infertility infest infestation infidel infidelity infield infiltrate
infiltration infiltrator infinitesimal infinitive infirm infirmary infirmity infix inflame inflammable inflammation
inflammatory inflate inflationary inflection inflexibility inflexion infliction influenza influx infomercial
informality informant informational infraction infrared infringe infuriate infuse infusion ingenuity ingest ingrain
ingratiate ingratitude inhalation inhale inhospitable inhuman inhumane inhumanity initiation initiator injection
injunction injurious inkling inks inky inlaid inland inlay inlet inmate inn innards innate innermost innkeeper
innocuous innovate innovator inns innuendo innumerable inoculate inoculation inoffensive inoperative inopportune
inordinate inorganic inpatient inquest inquisition inquisitive inroad ins insanity insatiable inscribe inscription
inscrutable insecticide insecurity insemination insensitivity inseparable insignia insignificance insincere
insincerity insinuate insinuation insipid insistent insolence insolent insoluble insolvency insolvent insomnia
insomniac inspector inspirational instability installment instalment instantaneous instep instigate instigation instil
instill instinctive institutional institutionalise instructive instructor insubordinate insubordination insubstantial
insufferable insufficiency insular insularity insulate insulation insulator insulin insure insurgency insurgent
insurmountable insurrection intangible intelligible intensify intercept interception interchangeably intercom
interject interjection interlude intermediary interment interminably intern internet internist internment internship
interpolation interrelate interrogation interrogator intersperse intestate intestinal intestine intimacy intimation
intimidate intimidation intolerable intolerant intonation intoxicate intoxication intractable intransitive intravenous
intrepid intricacy intricate intrigue introspective introvert intrude intrusion intrusive intuition inundate
inundation invariable invariant invasive invective inventive inventory inversion invertebrate investigative
investigator investor inveterate invigorate invincible invisibility invocation invoice involuntary invulnerable inward
iodine ions iota irascible ire iridescence iridescent iris irk irks irradiate irrationality irreconcilable irrefutable
irregular irregularity irrelevance irreparable irreplaceable irrepressible irreproachable irresistible
irresponsibility irretrievable irreverence irreverent irreversible irrevocable irrigate irrigation irritability
irritable irritant isle isthmus italic italicise itch itchy itemise iterate iteration iterative itinerant itinerary
ivory ivy jab jabs jackal jackass jackdaw jackhammer jackknife jackknives jackpot jade jagged jaguar jalopy jamb
jamboree jangle janitor jar jars jaundice jaunt jaunty javelin jaw jawbone jaws jay jays jaywalk jazzy jealousy jeer
jeez jell jellyfish jeopardise jeopardy jerky jersey jets jettison jetty jewel jewellery jewelry jibe jiffy jig jiggle
jigs jigsaw jilt jingle jinx jitters jittery jive jock jockey jockstrap jocular jocularity jog jogs johns jolt jostle
jot jots journalism jovial jowl joyful joyous joyridden joyride joyrode joys joystick jubilant jubilation jubilee
judgemental judgmental judicial judiciary judicious judo jug juggernaut juggle jugs jugular juicy jukebox jumble jumbo
jumpsuit jumpy juncture juniper junket junkie junkyard junta jurisdiction juror jut jute juts juxtapose juxtaposition
kaleidoscope kangaroo kaput karat karate karma kayak keel keepsake keg kegs kelp kennel kerb kerchief kerosene ketchup
keyhole keynote keystone khaki kickback kickoff kiddie kiddo kiln kilo kilobyte kilogram kilometer kilometre kilowatt
kilt kimono kin kinda kindergarten kindhearted kindle kindred kinfolk kingfisher kingpin kink kinky kinship kiosk
kipper kitchenette kite kitten kitty kiwi kleptomaniac klutz klutzy knack knapsack knead kneecap kneel knelt knickers
knickknack knighthood knit knives knob knobby knockout knoll knot knotty knuckle koala kosher kowtow ks kudos
laborious labyrinth lace lacerate laceration lackluster lacklustre lacquer lacrosse lacy lade laden ladle lads ladybug
ladylike laggard lagoon lags lair lamb lambda lame lament lamentation laminate lampoon lampshade lance landfill
landlady landlocked landmark landowner landslid landslide languid languish languor languorous lanky lantern lap lapel
laps lapse laptop larceny lard larva larvae larynges laryngitis larynx lascivious lash lass lasso latch latent lateral
latex lath lathe latitude latrine lattice laud laughingstock launder laundry laureate laurel lava lavender lavish
lawful lawmaker lawsuit lax laxative laxer laxest laxity layaway layman laymen layoff layover leaden leafy leakage
leaky leapfrog leapt lease leash leathery lecherous lectern ledge lee leech leek leer leery leeway leftmost leftover
legacy legalise legalistic legality leggy legibility legion legislate legislative legislator legislature legit
legitimacy legume lemme lemonade lengthen lengthwise leniency lentil leopard leotard leper leprosy leprous lesbianism
lesion lessen letdown lethargic lethargy letterhead lettuce letup leukaemia leukemia levee levelheaded lever leverage
levitate levitation levity levy lewd lexical lexicon liaise liar lib libellous libelous liberalisation liberalise
liberalism liberalization liberate liberation libertarian libido libretto lice lichen lick licorice lids liens lieu
lieutenant lifeboat lifeforms lifeguard lifelike lifeline lifelong lifesaver lifespan liftoff ligament ligature
lighten lighthearted lighthouse lightweight liken lilac lilt lily limbo lime limelight limerick limestone limo
limousine limp linchpin lineage linefeed linen lineup linger lingerie lingo linguist liniment linoleum lint lionesses
lipstick liquefy liqueur liquidate liquidation liquorice litany lite literacy lithe lithium litigate litigation
litterbug liturgical liturgy livelihood liven livestock livid lizard llama loaf loam loath loathe loathsome loaves lob
lobbyist lobe lobotomy lobs lobster locale localise locality locket locksmith locomotion locomotive locust loft lofty
logarithm logarithmic logbook logician login logistical logistics logjam loin loincloth loiter loll lollipop lone
lonesome longevity longhand longish longitude longitudinal longshoreman longshoremen longtime lookalike lookout loom
loon loonie loony loosen loot lop lope lops lopsided lore lotion lottery lotus loudmouth loudspeaker lounge louse
lovesick lowbrow lowdown lowercase lows loyalty lozenge ls lubricant lubricate lubrication lucid lucidity lucrative
lug lugs lugubrious lukewarm lull lullaby lumber lumberjack lumberyard luminary luminous lumpy lunacy lunar lunchbox
luncheon lunge lupin lupine lurch lure lurid luscious lush lustre lustrous lusty lute luxuriant luxuriate luxurious
lye lymph lymphatic lynch lyre lyrical lyricist macabre macaroni mace machete machinist macho mackerel macro macrocosm
macroscopic madam madame madcap madden madhouse madman madmen mads maelstrom magenta maggot magician magistrate
magnanimity magnanimous magnate magnesium magnet magnetise magnetism magnification magnificence magnify magnolia
magnum magpie mahogany maid maiden mailman mailmen maim mainland mainline mainstay maintainability majestic majesty
makeshift makeup maladjusted malady malaise malaria malevolence malevolent malformed malice malign malignancy
malignant mall mallard malleable mallet malnourished malnutrition malpractice malt maltreat mama mamma mammal
mammalian mammoth manacle managerial mandarin mandible mandolin mane maneuver mange mango mangrove mangy manhandle
manhole manhood manhunt maniac maniacal manic manicure manicurist manifest manifold manipulative mannequin mannerism
mannish manoeuvre manor mansion manslaughter mantel mantelpiece mantle mantra manure manuscript maple mar marathon
marble mare margarine marigold marijuana marina marinade marinate marine marionette maritime markdown marketability
marketplace marksman marksmen markup marmalade maroon marquee marrow mars marsh marshal marshmallow marshy marsupial
mart martial martyr martyrdom marvel mas mascara mascot masculine masculinity mash masochism masochist masochistic
mason masonry masquerade massacre massage masseur masseuse mast masterful mastermind masterpiece mastery masticate
masturbate masturbation mat matador matchbook matchbox matchmaker matchmaking matchstick materialise materialism
materialist materialistic maternal maternity math matriarch matriarchal matriarchy matriculate matriculation
matrimonial matrimony matron mats matt matte mattress maturity maudlin maul mausoleum mauve maverick mawkish maxed
maxes maxim maxima maximal maxing mayday mayhem mayo mayonnaise meadow meager meagre mealtime mealy meander measles
measly meatball meatloaf meatloaves meaty mecca mechanisation mechanise mechanization mechanize medal medalist
medallion medallist meddle meddlesome median mediate mediation mediator medicate medication medicinal mediocre
mediocrity meditate meditation medley meek meetinghouse meg megalomania megalomaniac megaphone megaton megs melancholy
meld mellow melodic melodious melodrama melodramatic melon meltdown membrane memento memo memoir memorabilia
memorandum memorial memorise menace menagerie menial meningitis menopause menorah menstrual menstruate menstruation
menthol mentor meow mercantile mercenary merchandise merchant merciful merciless meridian meringue mermaid merriment
mes mesdames mesh mesmerise mesmerize messenger metabolic metabolism metallic metallurgist metallurgy metamorphose
metamorphosis metaphorical metaphysical metaphysics mete meteor meteoric meteorite meteorological meteorologist
meteorology methadone methane methodical methodological methodology meticulous metropolis metropolitan mettle mew mews
mezzanine miaow microbe microcosm microscopic midair middleman middlemen midget midriff midst midway mien miff
migraine migrant migratory miked mikes miking mildew milestone milieu militancy militant militarism militate militia
milkman milkmen milky millennia millennium milligram milliliter millilitre millimeter millimetre milliner millinery
millionaire millionth millisecond mime mimicked mimicking mimicry mince mincemeat mindbogglingly mindful minefield
mineral mingle mini miniature minibus minicomputer minimalism minion miniseries miniskirt ministerial ministry minivan
mink minnow minstrel minty minuet minuscule mirage mire mirth miscellany mischievous miser misfit mishap mislay
misnomer misogynist misogyny misrepresentation misshapen missionary missive mistletoe mistress misty mite mitigate
mitigation mitt mitten mixer moat mobilisation mobilise mobility mobilization mobilized mobilizes mobilizing mobs
moccasin mockery mockingbird modal modem moderator modernisation modernise modernity modernization modesty modicum
modular modulate modulation mohair moist moisten moisture moisturiser moisturizer molar molasses moldy molestation
mollify mollusc mollusk molt molten momentary momentous mommy moms monarchy monastery monastic monetarism monetary
mongoose mongrel monies moniker monk mono monogamous monogamy monogram monolingual monolith monolithic monologue
mononucleosis monopolisation monopolise monopolization monorail monosyllable monotone monotonically monotonous
monotony monsoon monstrosity monstrous montage monument monumental moo mooch moody moonbeam moonlight moonlit moor
moos moose moot mop mope mops morale moralist moralistic morass moratorium morbid morgue morn moronic morose morphine
morphology morsel mortar mortarboard mortgage mortician mortification mortify mortuary mosaic mosque mosquito moss
mossy motel moth mothball motherboard motherfucker motherhood motif motley motlier motliest motorbike motorboat
motorcade motorcycle motorcyclist motorise motorist motormouth mottle mouldy moult mound mountaineer mountainous
mountainside mourn mournful mousse moustache mousy mouthful mouthpiece mouthwash mow mower mows mu mucous mucus muddy
mudslide mudslinging muff muffin muffle muggy mulatto mulch mule mull multi multiplex multiplicative multiplicity
multitude mummify mumps mums munch munchies municipal municipality munition mural murderous murky murmur muscular muse
mush mushroom mushy musk musket muss mussel mustache mustang mustard musty mutability mutant mutate mutation mute
mutilate mutilation mutinous mutiny mutt mutton muzzle myopic myriad mystical mysticism mystify mystique mythological
nab nabs nag nags nailbrush naivety namesake nanny nap napalm nape napkin nappy naps narc narcissism narcissist
narcissistic narcotic nark narrate narration narrator nasal nationalisation nationalise nationalism nationalist
nationalistic nationality nationalization nationwide nativity natty naturalisation naturalise naturalist
naturalization naught nausea nauseate nauseous nautical naval navel navigable navigate navigation navigational
navigator navy nays nearsighted nebula nebulae nebulous necessitate neckerchief necklace neckline necktie necrophilia
nectar nectarine needlework needy negation neglectful negligee negligence negligent negotiator neigh neon neophyte
nephew nepotism nerd nerdy nestle nether nettle neurological neurologist neurology neuron neuroses neurosis neurotic
neuter neutralisation neutralise neutrality neutralization neutron newbie newborn newfangled newlywed newsagents
newscast newsprint newsstand newsworthy newsy newt newton nibble nicety niche nickel nicotine niece nifty nigger
niggle nigh nightclub nightfall nightgown nightie nightingale nightlife nightmarish nighttime nimble nincompoop
nineteen nineteenth ninetieth ninety ninny ninth nip nipple nippy nips nit nitrate nitrogen nits nitwit nobility
nobleman noblemen noblewoman noblewomen nocturnal nod nods noes nomad nomadic nomenclature nomination nominative
nominee non nonchalance nonchalant noncommittal nondenominational nondescript nonfat nonrefundable nonsensical noodle
nook noose nope normalcy normalisation normalise normalization northbound northeast northeastern northeastward
northerlies northernmost northward northwest northwestern northwestward nosebleed nosedive nostalgic nostril nosy
notch notebook noteworthy noticeboard notional notoriety nougat nought nourish nourishment nova novelist noxious
nozzle nuance nuclei nucleus nude nudge nudist nudity nugget nuke nullify numerate numerator nuptial nursemaid nursery
nurture nutcracker nutmeg nutrient nutriment nutrition nutritional nutritious nutshell nutty nuzzle nylon nymph
nymphomania nymphomaniac oaf oafs oak oaks oars oases oasis oat oath oatmeal oats obedience obedient obelisk obese
obesity obfuscation obituary objectivity objector obligate oblique obliterate obliteration oblivion oblivious oblong
oboe obscenity observance observant observatory obsessive obsolescence obsolescent obstacle obstetrician obstetrics
obstinacy obstinate obstruction obstructive obtrusive obtuse occult occupancy occupant occupational oceanic
oceanography octagon octagonal octal octave octopus ocular odder oddest oddity ode odes odious odometer odor odour
odyssey oesophagi oesophagus oestrogen offbeat officiate officious offload offs offshoot offshore offstage ogle ogre
ohm ohms ohs oilfield oils oily oink ointment ok okay okra olden oldie olfactory olive ombudsman ombudsmen omega
omelet omelette omen ominous omnibus omnipotence omnipotent omnipresent omniscience omniscient oncoming onerous
onetime online onlooker onomatopoeia onrush onset onslaught onward oodles oops ooze opal opaque operable operand
operatic operative ophthalmologist ophthalmology opinionated opioid opium opossum opportune opportunism opportunist
opportunistic oppressive oppressor optician optima optimism optimist optometrist optometry opulence opulent oracle
orangutan oration orator oratory orchard orchestrate orchestration orchid ordain ordeal ordinal ordinance ordination
ore ores organisational organism organist organizational orgasm orgy orifice originality oriole ornament ornamental
ornate ornithologist ornithology orphan orphanage orthodontics orthodontist orthodoxy orthogonal orthogonality
orthography orthopaedics orthopedics oscillate oscillation oscilloscope osmosis ostensible ostentation ostentatious
ostracise ostracism ostracize ostrich otter ouch ounce oust outage outbid outdid outdo outermost outfit outlandish
outlaw outlay outlet outnumbered outnumbering outran outrun outs outstandingly outwit ova oval ovarian ovary ovation
oven overate overdid overdo overeat overjoy overlay overlie overran overrun oversaw oversee overt overture overuse
ovum ow owl owls ox oxen oxidation oxide oxidise oxidize oyster pa pacemaker pacesetter pacific pacifism pacifist
pacify pact paddle paddock paddy padlock padre paediatrician paediatrics pagan pageant pageantry pagination pagoda
pail painkiller painstaking paintbrush pajamas pal palaeontologist palaeontology palate palatial paleontologist
paleontology palette pall pallbearer pallid pallor palm palomino palpable pals paltry pamper pamphlet panacea panache
pancake pancreas pancreatic panda pandemonium pander pane panelist panellist pang panhandle panicked panicking panicky
panorama panoramic pans pansy pantheism panther pantie pantomime pantry pantyhose pap papa papacy papal papaya
paperboy papergirl paperweight paperwork paprika papyri papyrus paradigm paradoxical paraffin paragon parakeet
paralyse paralysis paralytic paralyze paramedic paraphernalia paraplegic parasitic parasol parcel parch parchment pare
parentage parental parenthetical parenthood parish parishioner parka parkway parliamentary parlor parlour parole
parquet pars parsec parsley parsnip parson parsonage partake partaken partiality participation participle partisan
partnership partook partridge partway pas passageway passbook passerby passersby pasta pastel pasteurisation
pasteurise pasteurization pasteurize pastiche pastime pastor pastoral pastry pasture pasty patchwork patchy pate
paternal paternalism paternalistic paternity pathological pathologist pathology pathos pathway patio patriarch
patriarchal patriarchy patricide patrimony patriot patriotic patriotism patrol patrolman patrolmen patrolwoman
patrolwomen patron patronage pats patty paucity paunch paunchy pauper pave pavilion paw pawn pawnbroker paws paycheck
payday payee payer payload payoff payroll pea peacekeeping peacemaker peacetime peach peacock peal pear pearl peas
peat pebble pecan peck peculiarity pedagogical pedagogy peddle pedestal pediatrician pediatrics pedigree pedlar pee
peed peek peekaboo peel peep peephole pees peeve peevish peg pegs pejorative pelican pellet pelt pelvic pelvis penal
penalise penance penchant pendant pendulum penetrate penetration penicillin peninsula penis penitence penitent
penitentiary penknife penknives penmanship pennant penniless pension pensive pentagon pentagonal penthouse penultimate
peon peony pep peppermint pepperoni peppy peps percentile perceptible perceptive perch perchance percolate percolation
percolator percussion peremptory perennial perfectionist perforate perforation perfume perfunctory peril perilous
periodical periphery perish perjure perjury perk perky perm permanence permeate permissive permutation pernicious
peroxide perpendicular perpetrate perpetrator perpetuate perplex perplexity perquisite persecution persecutor
perseverance persevere persistence persona personae personalise personification personify perspiration perspire
persuasive pert pertain pertinent perturb perusal peruse pervade pervasive perversion perversity pervert pesky
pessimism pessimist pessimistic pest pesticide pestilence petal petered petering peters petite petition petrify
petroleum pets petticoat petulant petunia pew pews pewter phalli phallic phallus phantom pharmaceutical pharmacist
pharmacologist pharmacology pheasant phenomenal philanthropic philanthropist philanthropy philistine philosophise
phlegm phlegmatic phobia phobic phonetic phoney phonics phonograph phony phooey phosphate phosphor phosphorescence
phosphorescent phosphorus photogenic photography photon photosynthesis phototypesetter phraseology physician
physiological physiotherapy physique pianist piccolo pickax picket pickle pickpocket pickup picky picnic picnicked
picnicking pictorial picturesque piddle pidgin piecemeal piecework pier pierce pies piety pigeonhole piggish piggy
piggyback pigheaded piglet pigment pigmentation pigpen pigsty pigtail pike pileup pilfer pilgrim pilgrimage pillage
pillar pillow pillowcase pimp pimple pincer pincushion pine pineapple ping pinion pinkie pinnacle pinpoint pinprick
pinstripe pinup pioneer pious pipsqueak piquancy piquant pique piracy piranha pirate pirouette pis piss pistachio
pistol piston pitchfork piteous pithy pitiful pitiless pits pittance pivot pivotal pixel pixie pizzazz placard placate
placebo placement placenta placid plagiarise plagiarism plagiarist plagiarize plaice plaid plainclothes plaintiff
plaintive planar planetarium plank plankton plantain plantation plaque plasma plateau plateful platinum platitude
platonic platoon platter plausibility playback playboy playful playhouse playmate playoff playpen playroom plaything
playwright plaza plead pleasantry pleat pledge plenary plentiful plethora pliable pliant plight plod plop plough plow
pluck plucky plum plumage plumb plume plummet plump plunder plunge plunk plurality plush plutocracy plutonium ply
plywood pneumatic pneumonia poach pocketbook pocketful pocketknife pocketknives pockmark pod podcast podiatrist
podiatry podium pods poetical pogrom poignancy poignant poinsettia pointy poise poisonous pokey poky polarisation
polarise polarity polarization polemic polemical policemen policewoman policewomen polio politicise politicize polka
pollen pollinate pollination pollster pollutant pollute polo polyester polygamist polygamous polygamy polygon
polygraph polymer polyp polytechnic pomegranate pomp pompom pomposity poncho pond ponderous pontiff pontifical pontoon
pony ponytail pooch poodle poop popcorn poplar poppy popularise populous porcelain porch porcupine pore porn
pornographer pornographic porous porpoise porridge portal portend portent portfolio porthole portico portrait
portrayal posh positional positivism posse possessive possessor possum postbox postdoc postdoctoral posterior
posterity posthumous postman postmen postmortem postponement posture postwar posy potassium potbelly potency potent
pothole potion potluck potpourri pots pottery potty pouch poultry pounce pout powdery powerboat powerhouse powwow
practicality practitioner pragmatism pragmatist prairie praiseworthy pram prance prank prankster prattle prawn
precarious precept precinct precipice precipitate precipitation precipitous preclude precocious predator predatory
predicament predicate predictor predilection predispose predisposition preempt preemptive preen prefab prefect
preferential prelude premier premiere premonition prenatal prep preparatory prepay preponderance preposterous preppy
prerogative prescriptive preservation preservative presidency presidential pressurise pressurize prestige prestigious
presto presumption pretence pretzel prevalence preventive prewar prey pricey pricier priciest prick prickle
priestesses priesthood prim primacy primal primate primeval primordial primp primrose princesses principality
prioritise prism prissy pristine privation privatise privatize privy probabilistic probation probe problematic
procedural procession processional proclamation procrastinate procrastination procreate procure procurement prod
prodigal prodigious prodigy prof profane profanity professes professionalism proficiency proficient profitability
profiteer profundity profuse profusion progeny prognoses prognosis progression progressive prohibition prohibitive
projectile projector proletarian proletariat proliferate prolific prologue prom promenade prominence promiscuity
promiscuous promo promontory promotional promulgate prong pronouncement pronto proofread prop propagandise
propagandize propagate propagation propel propensity prophecy prophesy prophetic propitious proponent proportionality
proportionate propositional proprietor propriety propulsion pros prosaic proscribe proscription prosecutor proselytise
proselytize prospector prospectus prosper prosperity prosperous prostheses prosthesis prostitution prostrate
protagonist protective protector protestant proton protract protraction protractor protrude protrusion provenance
proverb proverbial providence provident province provincial proviso provocation provost prow prowl proxy prude
prudence prudent prudish prune prurience prurient pry psalm pseudonym psych psyche psychedelic psychiatric
psychiatrist psychiatry psychic psycho psychoanalyse psychoanalysis psychoanalyst psychoanalyze psychopath
psychopathic psychosis psychosomatic psychotherapist psychotherapy psychotic puberty pubescence pubic publicist pubs
puck puddle pudgy pueblo puerile puff puffy pugnacious puke pulley pullout pullover pulmonary pulpit pulsate pulsation
pulverisation pulverise pulverization pulverize puma pumice pummel pumpernickel pumpkin punchline punctual punctuality
punctuate pundit pungent punitive punk puny pup puppet puppeteer puppy pups puree purgatory purification purify purist
puritan puritanical purport purposeful purr purse purvey purveyor pus pushover pushy puss pussy pussycat pussyfoot
putative putrid putty pygmy pyjamas pylon pyramid pyre qua quack quad quadrangle quadrant quadratic quadrilateral
quadruped quadruple quadruplet quagmire quail quaint quake qualitative qualm quandary quantify quantitative quarantine
quark quarrel quarrelsome quarry quart quarterback quarterfinal quartet quartz quash quaver quay queasy queer quell
quench quiche quicken quickie quicksand quill quilt quinine quintessence quintessential quintet quintuplet quip quirk
quirky quiver quixotic quizzes quizzical quorum quotient rabbi rabble rabies raccoon racetrack racketeer racy radial
radiance radiant radiate radiator radii radioactive radioactivity radiologist radiology radiotherapy radish radium
radon raffle raft ragamuffin rags ragtag ragtime raincoat raindrop rainfall rainstorm rainwater rainy raisin rake
rally ramble rambunctious ramification ramp rampage ramrod rams ramshackle ranch rancid rancor rancorous rancour
rankle ransack ransom rap rapidity rapist rapport rapprochement raps rapt rapture rapturous rarity rascal rasp
raspberry raspy raster ratification ratify ration rationalisation rationalise rationality rationalization rattlesnake
ratty raucous raunchy ravage ravel raven ravenous ravine ravish rawer rawest rayon rays raze razz readability realism
realist realty ream reap reassuringly rebel rebellion rebellious rebuke rebut rebuttal recalcitrance recalcitrant
recap receivership receptacle receptionist receptive recess recession reciprocal reciprocate recital reclamation
recline recluse recompense reconnaissance rectal rector rectum recuperate recuperation recur recurrence recyclables
redden reddish redemption redhead redid rediscover redneck redo reds redskin redwood reed reef reek reel ref referee
refinement refinery reflective reflector reflexive refreshingly refreshment refrigerate refrigeration refrigerator
refs refuge refugee refurbish refurbishment refutation regal regalia regatta reggae regimen regiment regimental
registrar registry regress regression regretful regrettable regularity regulate regurgitate regurgitation rehab
rehabilitate rehabilitation rehearsal reimburse reimbursement rein reindeer reinforce reinforcement reinstatement
rejoice rejoinder rejuvenate rejuvenation relational relativistic relaxation relegate relentlessly reliance reliant
relic relinquish relish remedial remembrance reminisce reminiscence remit remittance remnant remorse remorseful
remunerate remuneration renaissance rendezvous renegade renege renewal renounce renovate renovation renown rental
renunciation reorganized reorganizes reorganizing rep reparation repatriate repatriation repay repel repellent
repentance repentant repetitious replenish replenishment replete replica replicate replication reportedly repository
reprehensible repression repressive reprieve reprimand reprisal reproach reps reptile reptilian republican repudiate
repudiation repugnance repugnant repulsion repute requiem requisition reran rerun rescind resentful resentment
reservoir residency residential residual residue resilience resilient resin resistant resistor resolute resonance
resonant resonate resoundingly resourceful respectability respectful respiration respirator respiratory resplendent
responsive restful restitution restive restoration restraint resultant resumption resurgence resurgent resurrect
resuscitate resuscitation retaliate retaliation retard retardation retch retention reticence reticent retina retinue
retiree retribution retroactive retrograde retrospect retrospective retry returnables rev revaluation revamp revel
revelry reverberate reverberation revere reverence reverent reverie reversal reversible revitalisation revitalise
revitalization revitalized revitalizes revitalizing revival revive revoke revolutionise revolve revs revue revulsion
rhapsody rhetoric rheumatism rhinestone rhino rhinoceros rhododendron rhubarb rhythmic rib ribald ribs rickety
rickshaw ricochet riddance riddle ridge ridicule rife rifle rift rig righteous rightful rightmost rigidity rigmarole
rigor rigour rigs rile rim rims rind ringleader ringlet ringside ringworm rink rinse riotous ripe ripen riposte ripple
rite ritzy rivalry riverbed riverfront riverside rivet roach roadblock roadhouse roadkill roadrunner roadside roadway
roadworthy roam roar roast rob robbery robe robin robotics robs rocky rodent rodeo rods roe roes rogue roguish
rollerskating rollick romanticise romp rooftop rook rookie roomful roommate roomy roost rosary rosemary roster rostrum
rosy rotary rote rotisserie rotor rots rotund rotunda rouge roughage roughen roughhouse roughshod roulette roundup
rouse rove rowboat rowdy royalty rs rubberneck rubbery rubble rubdown rubella rubric rubs ruby rucksack ruckus rudder
ruddy rudiment rudimentary rue rued rueful rues ruff ruffian ruffle rug rugby rugs ruinous rum rumble ruminate rummage
rummy rump rumple rums runaround runaway rundown rune runny runt runway rupture ruse rust rustic rustle rustproof rut
ruthless ruts rye sabbatical saber saboteur sabre sac saccharin sacrament sacrificial sacrilege sacrilegious
sacrosanct sacs saddle sadism sadist sadistic safari safekeeping saffron sag sage sagebrush sags sailboard sailboat
sailor salad salami salesclerk salesmen salespeople salesperson saleswoman saleswomen salient saliva salivate sallow
sally salmon salmonella salmonellae salon saloon salsa saltwater salty salutation salute salvage salve sanatorium
sanctify sanctimonious sanction sanctity sanctuary sandal sandbag sandblast sandcastle sandman sandmen sandpaper
sandstone sandstorm sandy sanitarium sanitary sanitation sanitise sanserif sap sapling sapphire saps sardine sardonic
sari sash sass sassy satanic satanism satchel satin satiny satirical satirise satirist satirize saturate saturation
saucepan saucy sauerkraut sauna saunter sausage savage savagery savior saviour savor savory savour savoury savvy
sawdust saws sax saxophone scab scad scaffold scalar scald scallop scalp scalpel scam scamper scandalise scandalous
scant scanty scapegoat scar scarcity scarecrow scarves scary scathing scatterbrain scavenge scenic scent scepter
sceptic scepticism sceptre schism schizophrenia schizophrenic schlep schlock schmaltz schmaltzy schmooze schmuck
scholarship scholastic schoolboy schoolchild schoolchildren schoolgirl schoolteacher schooner scintillate scissor
scoff scold scoop scoot scorch scoreboard scorecard scorn scornful scorpion scoundrel scour scourge scout scowl
scrabble scraggly scram scramble scrapbook scrape scrappy scratchy scrawl scrawny screech screenplay screwball
screwdriver screwy scribble scribe scrimp scripture scriptwriter scrooge scrounge scrub scruff scruffy scruple
scrupulous scrutinise scrutiny scuff scuffle sculptor sculpture scurrilous scurry scuttle scythe seafaring seafood
seam seaman seamen seamstress seaport sear searchlight seas seashell seashore seasick seaside seasonal seaweed secede
secession seclude seclusion secondhand secrecy secretarial secrete secretion secretive secs sedan sedate sedation
sedative sedentary sediment sedimentary seduce seduction seductive seedling seedy seep seepage seer seesaw seethe
segmentation segregate segregation seize seizure selector selfie sellout selves semblance semen semester seminal
seminary senate senator senatorial senile senility seniority sensational sensationalism sensibility sensor sensory
sensual sensuality sensuous sentience sentimentality sentry separable sepulcher sepulchre sequin sequoia serenade
serene serenity sergeant serpent serrated serum serviceman servicemen servicewoman servicewomen serviette servile
servitude setback settable settlement setup seventeen seventeenth seventieth seventy sever severance sew sewage sewer
sewn sews sexism sh shabby shack shackle shadowy shady shaft shaggy shakedown shakeup sham shamble shameful shampoo
shamrock shanty shantytown shark sharpen shatter shave shaven shawl sheaf shear sheath sheathe sheave sheen sheepish
sheikh shellfish shenanigan shepherd sherbet sheriff sherry shes shield shifty shimmer shin shingle shinny shipload
shipment shipshape shipwreck shipyard shire shirk shirtsleeve shit shitty shiver shoal shod shoddy shoelace shoestring
shoo shopkeeper shoplift shore shortchange shortcoming shortcut shortfall shortlist shortsighted shortwave shotgun
shovel showbiz showcase showdown showman showmanship showmen showpiece showroom showy shrank shrapnel shred shrew
shrewd shriek shrill shrimp shrine shrink shrinkage shrivel shroud shrub shrubbery shrug shrunk shrunken shuck shudder
shuffle shun shunt shush shuteye shuttle shyer shyest shyster sibling sickle sics sideburns sidekick sideline sidelong
sideshow sidestep sidetrack sidewalk sidle siege sierra siesta sieve sift sightread sightseeing sightseer signatory
signify signpost silhouette silk silken silky sill silo silt silversmith silverware silvery simile simmer simper
simplex simplification simulator sincerity sinew sinewy singe singsong singularity sinus sip siphon sips sire siren
sirloin sirs sissy sisterhood sitcom sixpence sixteenth sixtieth sizzle skate skateboard skein skeptic skepticism
sketchy skew ski skid skilful skillet skillful skim skimp skimpy skinflint skinhead skinny skintight skirmish skis
skit skittish skulk skullcap skunk skydive skylight skyline skyrocket skyscraper slab slack slacken slain slake slalom
slam slander slant slap slapdash slapstick slat slate slather slaughter slaughterhouse slavery slavish slay sleazy
sled sledgehammer sleek sleepwalk sleepy sleepyhead sleet sleeve sleigh slender sleuth slew slick slime slimy sling
slingshot slink slipshod slit slither sliver slob slog slop slosh sloth slothful slouch slovenly slowdown slowpoke
sludge slug sluggish sluice slum slumber slump slung slunk slur slurp slush slushy slut sly slyer slyest smack
smallpox smartphone smattering smear smelt smidgen smirk smite smithereens smitten smock smog smoggy smokestack smoky
smolder smooch smote smother smoulder smudge smuggle smut smutty snafu snake snap snappy snapshot snare snarl snatch
snazzy sneer sneeze snicker snide sniffle snip snipe snippet snit snitch snob snobbish snobby snooker snoop snooty
snooze snore snorkel snort snot snotty snout snowball snowboard snowbound snowdrift snowfall snowflake snowman snowmen
snowmobile snowplough snowplow snowstorm snowy snub snuff snug snuggle soak soapy soar sob sobriety sobs soccer
sociable socialise socialite socioeconomic sociological sociologist sociology sociopath soda sodden sodium sodomy sods
sofa softball soften softhearted softy soggy sojourn solace solemn solemnity solicit solicitous solidarity solidify
solidity soliloquy solitaire solitary solitude soloist soluble solvent somber sombre someday somersault someway sonata
songwriter sonic sonnet sonorous soot soothe sooty sop sophistication sophistry sophomore sophomoric soporific soprano
sops sorbet sorcerer sorceress sorcery sorority sorrow sorrowful sorta soulful soundproof sour sourdough southbound
southeast southeastern southeastward southerlies southpaw southward southwest southwestern southwestward souvenir
sovereign sovereignty sow sown sows soybean spa spacecraft spaceship spacey spacial spacier spaciest spacious spade
spaghetti spangle spaniel spank spar spark sparkle sparrow sparse spas spasm spasmodic spastic spat spate spatula
spawn spay spear spearhead spearmint specialisation specialization specious speck speckle spectacle spectator specter
spectra spectre speculative speculator speedboat speedometer speedway speedy spellbind spellbound spendthrift sperm
spew spherical sphinx spice spicy spider spiel spiffy spilt spinach spinal spindly spine spinster spire spiteful
spittle splash splashy splat splay spleen splendor splendour splice splint splurge spoilsport spokesmen spokespeople
spokesperson spokeswoman spokeswomen sponge spongy sponsorship spontaneity spook spooky spoon spoonful sporadic spore
sporran sportscast sportsman sportsmanship sportsmen sportswear sporty spotlight spotty spouse sprain sprawl
spreadsheet spree sprig springboard springtime springy sprinkle sprint sprout spruce spry spud spun spunk spunky spurn
spurt sputter squabble squadron squalid squall squalor squander squat squawk squeak squeaky squeal squeamish squelch
squid squint squire squirm squirrel squirt stab stabilise stabilize stadium stag stagecoach stagnant stagnate
stagnation staid stain stairway stakeout stalemate stalk stallion stalwart stamina stammer stampede stanch
standardisation standardization standby standoff standout standstill stank stanza staple starboard starch starchy
stardom starfish starlight starry starvation stash statesman statesmanlike statesmanship statesmen statewide
stationery statistician stats statue stature statute statutory staunch stave steadfast steak stealth stealthy
steamboat steamroll steamy steeple stellar stench stencil stenographer stenography stepbrother stepchild stepchildren
stepdaughter stepfather stepladder stepmother stepsister stepson stereotypical sterilisation sterilise sterility
sterilization sterilized sterilizes sterilizing stern steroid stethoscope stew steward stewardesses stickler stiffen
stifle stigma stigmata stigmatise stigmatize stillbirth stillborn stilt stimulant stimuli stimulus sting stingy stink
stint stipend stipulate stipulation stirrup stitch stockade stockbroker stockholder stockpile stocky stockyard stodgy
stoic stoical stoicism stoke stolid stomachache stomp stonewall stony stool stoop stopgap stoplight stopover stoppage
stopwatch storehouse storekeeper storeroom stork stormy storyteller stout stove stow stowaway straddle straggle
straighten strait straitjacket strand strangle stranglehold strangulation strap strata stratagem stratify stratosphere
stratum strawberry streak streaky streamline streetcar streetlight strenuous stressful strew strewn stricken stridden
stride strident strife stringy stripe striptease striven strode stroll stronghold strove structuralist strum strung
strut stub stubble stubborn stubby stud studentship studious stuffy stump stung stunk stupefy stupendous stupor sturdy
stutter stylish stylistic stylus stymie suave sub subdue subjugate subjunctive sublet subliminal submersion
subordinate subpoena subs subservience subservient subsidy subsist subsistence substantiate subterfuge subterranean
suburb suburbia subversive subvert succinct succor succour succulent succumb suck suckle suction suds suede
sufficiency suffocate suffocation suffrage sugary suggestible suggestive suitcase suitor sulfur sulk sulky sullen
sulphur sultan sultry summertime summery summit summon sumptuous sunbathe sunblock sunburn sundae sundial sundown
sunflower sunglasses sunken sunlit suns sunscreen sunset suntan sunup sup superintendent superlative supersede
superstition superstitious supervisory supplant supple supplemental supportive supposition supremacy surcharge
surefire surf surfboard surge surgeon surgical surly surmise surmount surpass surreal surrealistic surrender
surreptitious surrogate surveillance surveyor survivor suspense sustenance swab swagger swampy swan swank swarm
swarthy swat swatch swathe sway sweatpants sweatshirt sweatshop sweaty sweepstake sweeten sweetheart sweetie swell
swelter swerve swift swig swill swimsuit swindle swine swipe swirl swish switchboard swivel swollen swoon swoop
swordfish swung sycamore sycophant syllable syllabus symbolise symbolism symmetrical symphonic symptomatic synagogue
synapse sync synchronisation synchronise synchronization synchronize synchronous syndication synod synopses synopsis
synthesise synthesize synthetic syphilis syringe syrup tabby tabernacle tablecloth tablespoon tablespoonful tablet
tabloid taboo tabulate tabulation tacit taciturn tacky taco tact tactful tad tadpole tads taffy tags tailgate
taillight tailpipe tailspin taint takeoff takeout takeover talc talisman talkative tallow tally talon tambourine
tamper tampon tan tandem tang tangential tangerine tangible tangle tango tangy tankard tans tantalise tantalize
tantamount tantrum tapestry tapeworm taps tar tarantula tardy tariff tarmac tarmacked tarmacking tarnish tarot tarp
tarpaulin tarry tars tart tartan tartar tassel tasteful tasty tatter tattle tattletale tattoo tatty taunt taut
tautology tavern tawdry tawny taxicab taxidermy teacup teak teakettle teammate teamster teamwork teardrop tearful
teargas teas tease teaspoon teaspoonful teat technicality technician technologist tedium tee teed teem teen tees
teeter teethe teetotal telecommunications telecommute telegram telegraph telepathic telepathy telescopic telethon
teletype televise telltale temp temperament temperamental temperance temperate tempestuous template tempo temporal
tenacious tenacity tenancy tenant tenderhearted tenderise tenderized tenderizes tenderizing tendon tendril tenement
tenet tenor tensors tent tentacle tenuous tenure tepee tepid tequila termini terminus termite terrace terrain
terrestrial terrier terrific territorial terrorise testament testicle testify testimonial testimony testis testy
tetanus tether textile texture thatch thaw theatrical theist thematic thence theologian theoretic theoretician
theorise theorist therapeutic therapist thereabout thereon thereupon thermal thermodynamics thermometer thermonuclear
thermostat thesauri thesaurus theta thicken thicket thigh thimble thingamajig thirsty thirteen thirteenth thirtieth
thistle thong thorn thorny thoroughbred thoughtful thousandth thrash threadbare thresh thrice thrift thrifty thrill
thrive throaty throb throne throng throttle throwaway throwback thud thug thumbnail thumbtack thump thunder
thunderbolt thunderous thunderstorm thunderstruck thwart thyme thyroid tiara tic tickle ticklish tics tidal tidbit
tide tiebreaker tier tiff tighten tightfisted tightrope tightwad tilde tilt timber timekeeper timezone timid timidity
tinder tinderbox tinfoil ting tinge tingle tinker tinkle tinny tinsel tint tipsy tiptoe tirade tissue tit titbit
titillate tits tizzy toadstool toasty tobacconist toboggan toddle toed toehold toenail toffee tofu tog toga togs toil
toiletry tokenism tolerable tollbooth tollgate tomahawk tomb tomboy tombstone tomcat tomfoolery tonal tong tonic
tonnage tonne tonsil tonsillitis toolbar toolkit toot toothache toothbrush toothpaste toothpick topaz topographer
topography topology topple torch torment tormentor tornado torpedo torque torrent torrential torrid torso tort
tortilla tortoise tortuous tot totalitarian totalitarianism totality tote totem tots toucan touchdown touchstone
touchy toughen toupee tourism tournament tourniquet tousle tout tow towel townhouse township townspeople tows toxic
toxicity toxicology toxin tract traction tractor trademark traditionalist trafficked trafficking trailblazer trainee
trait traitor traitorous trajectory tramp trample trampoline trance tranquil tranquility tranquillise tranquillity
transact transatlantic transcend transcendence transcendental transcribe transcription transgress transgression
transistor transitional transitive transitory transliteration translucence translucent transparency transpire
transportation transvestite trapdoor trapeze trapezoid trashy trauma traumatic traumatise traumatize traverse travesty
trawl treacherous treachery treacle treadmill treason treasury treatise treble treetop trellis tremble tremor trench
trenchant trepidation trespass trestle tribal tribulation tribunal tributary tribute triceps trickery trickle
trickster trigonometry trike trill trillion trim trinket trio tripe triplet triplicate tripod trite triumphant
trivialise triviality trod trodden troll trombone tromp trophy tropic tropical trot troubadour troublemaker
troubleshoot troubleshot troublesome trough trounce troupe trout trowel truancy truant truce truckload truculent
trudge truffle truism trump truncation trundle trustee trustful trustworthy truthful tryout ts tsar tub tuba tubby
tuberculosis tubs tubular tuck tuft tug tugboat tugs tuition tulip tumble tummy tumor tumour tumult tumultuous tuna
tundra tuneful tunic turban turbine turbulence turbulent turd tureen turf turgid turkey turmoil turnaround turncoat
turnip turnout turnover turnpike turnstile turpentine turquoise turret turtle turtleneck tush tusk tussle tux tuxedo
twang tweak twee tweet tweezers twelfth twerp twiddle twig twilight twine twinge twinkle twirl twit twitch twos tycoon
tyke typecast typeface typescript typewrite typewritten typewrote typhoid typhoon typhus typify typist typo
typographic typographical tyrannical tyrannise tyranny tyrant ubiquitous ubiquity udder uh ulcer ulterior ultimatum
ultra um umpire umpteen umpteenth unabridgeds unacceptably unaccountably unanimity unanimous unavoidably unbearably
unchristian uncomfortably unconscionable uncouth uncut undecideds undeniable underage underclassman underclassmen
undercut underdog underpay understandably undertow undesirables undisclosed undue unfit unforeseen unforgettable
unfriendlier unfriendliest ungainlier ungainliest ungodlier ungodliest unicorn unicycle unification uniformity
unilateral uninterested unionise unisex unison unkempt unkindlier unkindliest unknowingly unlikelier unlikeliest unman
unmistakable unquestionably unreasonably unrelenting unreliability unremarkable unreserved unresolved unrestrained
unrestricted unrulier unruliest unruliness unsay unscathed unseemlier unseemliest unsightlier unsightliest
unsportsmanlike unstoppable unthinkingly untie untimelier untimeliest untouchables unwieldy unwillingness unwittingly
unzip upbeat upchuck upcoming upend upfront upheaval upheld uphill uphold upholster upholstery upkeep uplift upload
upped uppercase upperclassman upperclassmen uppermost upping uppity uprising uproar uproot upscale upshot upstage
upstanding upstart upstate upstream upsurge upswing uptake uptight uptown upturn uranium urbane urchin urinate urine
urn urns username usher usurp utensil uteri uterus utilisation utilise utilitarian utilitarianism utilization utilize
utmost utopia utterance vacant vacate vaccinate vaccination vaccine vacillate vacuous vagabond vagary vagina vaginae
vaginal vagrant valedictorian valentine valet valiant validate validation valise valor valour vampire vandal vandalise
vane vanguard vanilla vanity vanquish vape vapor vaporise vapour variability varnish varsity vase vasectomy vats vault
veal veer vegan vegetarianism vegetation veggie vehement vehicular veil velour velvet velvety vendetta veneer
venerable venerate veneration vengeance vengeful venison venom venomous vent ventilate ventilation ventilator
ventricle ventriloquism ventriloquist veracity veranda verbiage verbosity verge veritable vermin vernacular
versatility vertebra vertebrae vertebrate vertices vertigo verve vest vestibule vestige vestment veteran veterinarian
veterinary veto vets vex vexation viability viaduct vial vibe vibrant vibrate vibration vicarious victimisation
victimise victimization victor victorious videocassette videotape vie vied vies vigil vigilance vigilant vigilante
vigor vigorous vigour vilify villa villain villainous villainy vindicate vindication vindictive vine vinegar vineyard
viola violet violinist viper viral virginity virile virility virtuoso virtuous virulent visa visage viscosity viscous
vise visibility visionary visitation visor vista visualise vitality vitamin vitriolic vivacious vivacity vivid
vivisection vocalist vocation vocational vociferous vodka vogue volatile volatility volcanic volcano volition volley
volleyball volt voluminous voluptuous voodoo voracious voracity vortex vow vows voyage voyeur voyeurism vulgar
vulgarity vulnerability vulture vying wacky wad waddle wads wafer waft wag wagon wags waif wail waist waistband
waistline waitress waive waken walkout wallop wallow wallpaper walnut walrus waltz wan wand wane wanna wannabe wanton
warble warden wardrobe ware warfare warhead warlike warlock warlord warmonger warmth warpath warren warrior warship
wart washbasin washcloth washout washroom wasp wastage wastebasket wasteland watchdog watchful watchmaker watchman
watchmen watchword waterbed watercolor watercolour waterfall waterfront waterlogged watermark watermelon waterproof
watershed watertight waterway waterworks watery watt waveform wavelength wavy wax waxy waylaid waylay wayside wayward
weaken weakling wean weaponry wearisome weave web webs website wedge wedlock weed weedy weeknight weep weer wees
weightlifter weightlifting weighty weirdo weld wellington welsh welt wept werewolf werewolves westbound westerlies
westernise westward wetback whack wham wharf wharves whatchamacallit wheat wheedle wheelbarrow wheelchair wheeze
whereabouts wherein wherewithal whet whew whiff whimper whimsical whine whinny whip whiplash whir whirl whirlpool
whirlwind whirr whisk whisper whiten whitewash whittle whiz whizz whoa whodunit wholehearted wholesale wholesome
whoosh whopper whore whys wick wicket widen widow wield wiener wifi wig wiggle wigs wigwam wildcat wildernesses
wildfire wildlife wile wilful willful willow willowy willpower wilt wily wimp wimpy wince winch windbreaker windfall
windmill windowpane windowsill windpipe windscreen windshield windsurf windswept windy wineglass wingspan wingtip wink
wino winsome wintertime wintry wiretap wiry wisecrack wishbone wishful wisp wispy wist wistful witchcraft withheld
withhold withstand withstood wits witticism wiz wizened wobble woe woebegone woes wok woks wolves womanhood womankind
womb wonderland woo woodchuck woodland woodpecker woodsman woodsmen woodwind woodwork woody woof wool woolen woollen
woos woozy wordy workaholic workbench workbook workfare workforce workman workmanlike workmanship workmen workout
workplace worksheet wormhole worrisome worsen wove woven wows wrangle wreak wreath wreathe wreckage wrench wrest
wrestle wretch wriggle wright wring wrinkle wristwatch writ writhe wrongdoer wrongdoing wrongful wrought wrung wry
wryer wryest xenophobia xenophobic xylophone yacht yak yaks yam yams yank yap yaps yardstick yarmulke yarn yeah
yearbook yearling yearn yeast yell yellowish yelp yen yens yep yeps yest yew yews yippee yo yodel yoga yogurt yoke
yokel yolk yonder youngster yous youthful yowl yuck yucky yum yummy yuppie zany zap zaps zeal zealous zebra zenith
zest zeta zigzag zillion zinc zincked zincking zip zips zit zits zodiac zombie zoo zoological zoologist zoology zoos
zucchini`
