/**
 * Given names and surnames by frequency in the 1990 Census of the United States (U.S. Census Bureau, Population Division,
 * "Frequently Occurring First Names and Surnames From the 1990 Census"): a work of the government, in the public domain.
 * Of the rarer ones only those that are English words too, since a capital tells the others.
 */
export const CENSUS_GIVEN_NAMES = `aaron abbey abbie abby abdul abe abel abigail abraham ada adam adan addie adela adelaida adelaide adele adelina
adeline adell adolfo adolph adrian adriana adrianne adrienne agatha agnes agustin ahmad aida aileen aimee aisha al
alaina alan alana alba albert alberta alberto alda alden aldo alecia alejandra alejandro alene aletha alex alexa
alexander alexandra alexandria alexis alfonso alfred alfreda alfredo ali alice alicia alina aline alisa alisha alison
alissa allan allen allene allie allison allyson alma alonzo alpha alphonse alphonso alta althea alton alva alvaro
alvin alvina alyce alyson alyssa amalia amanda amber amelia amie amos amparo amy ana anastasia anderson andra andre
andrea andres andrew andria andy angel angela angeles angelia angelic angelica angelina angeline angelique angelita
angelo angie angle anissa anita ann anna annabelle annamarie anne annemarie annetta annette annie annmarie anthony
antionette antoine antoinette anton antonette antonia antonio antony antwan april araceli archie aretha ariana ariel
arleen arlene arline armand armando arnold arnulfo aron arron art arthur arturo ashlee ashleigh ashley ashly asia
astrid athena aubrey audra audrey august augusta augustine aura aurelia aurelio aurora austin autumn ava avery avis
barb barbara barbra barney barry bart barton basil beatrice beatriz beau becky belen belinda bella belle belva ben
benita benito benjamin bennett bennie benny bernadette bernadine bernard bernardo bernice bernie berniece berry bert
berta bertha bertie beryl bess bessie beth bethany betsy bette bettie bettina betty bettye beulah beverley beverly
bianca bill billie billy birdie blaine blair blake blanca blanch blanche bob bobbi bobbie bobby bonita bonnie booker
boris boyd brad bradford bradley brady brain branden brandi brandie brandon brandy breanna brenda brendan brenna brent
bret brett brian briana brianna brianne bridget bridgett bridgette brigitte britney brittany brittney brock brook
brooke brooks bruce bruno bryan bryant bryce bryon buck bud buddy buford burt burton buster byron caitlin caleb callie
calvin cameron camilla camille candace candi candice candida candy caprice cara caren carey cari caridad carissa carl
carla carlene carlo carlos carlotta carlton carly carmel carmela carmelita carmella carmelo carmen carmine carol
carole carolina caroline carolyn carrie carrol carroll carson carter cary caryn casandra casey cassandra cassie
catalina catharine catherine cathie cathleen cathrine cathryn cathy catina catrina cecelia cecil cecile cecilia cedric
celeste celestine celia celina cesar chad chadwick chance chanda chandra chanel chantal chantel charity charla
charleen charlene charles charley charlie charline charlotte charmaine chase chasity chastity chelsea chelsey cheri
cherie cherish cherry cheryl chester chi chin chiquita chloe chong chris christa christal christen christi christian
christie christin christina christine christopher christy chrystal chuck cindi cindy clair claire clara clare clarence
clarice clarissa clark claude claudette claudia claudine clay clayton clement clementine cleo cleveland cliff clifford
clifton clint clinton clyde cody colby cole coleen coleman colette colin colleen collette collin concepcion concetta
connie conrad constance consuelo cora coral cordelia corey cori corina corine corinne cornelia cornelius cornell
corrie corrine cortney cory courtney coy craig cristal cristina cristy cruz crystal curt curtis cynthia cyril cyrus
daisy dale dalia dallas dalton damaris damian damien damon dan dana dane danelle danette danial daniel daniela
danielle danita danna danny dante daphne dara darcy daren darin darius darla darleen darlene darnell darrel darrell
darren darrin darryl darwin daryl dave david davis dawn dawna dayna dean deana deandre deann deanna deanne debbie
debby debi debora deborah debra debrah dee deena deidra deidre deirdre delbert delfina delia delilah della delma
delmar delois delores deloris delphine delta demetria demetrius dena denice denis denise dennis denny denver derek
derick derrick desire desiree desmond dessie destiny devin devon dewayne dewey dexter diamond dian diana diane diann
dianna dianne dick diego dina dinah dino dion dionne dirk dixie dollie dolly dolores dominga domingo dominic dominick
dominique don dona donald donna donnell donnie donny donovan dora dorcas doreen dorene doretha dorian doris dorothea
dorothy dorris dortha dorthy dot dottie doug douglas dovie doyle drew duane dudley dulce duncan dung dustin dusty
dwayne dwight dylan earl earle earlene earline earnest earnestine easter ebony echo ed eddie eddy edgar edith edmond
edmund edna eduardo edward edwardo edwin edwina edythe effie efrain efren eileen elaine elba elbert elda eldon eleanor
eleanore elena eli elia elias elida elijah elinor elisa elisabeth elise eliseo elisha elissa eliza elizabeth elizebeth
ella ellen ellie elliot elliott ellis elma elmer elmo elnora eloisa eloise elouise eloy elsa elsie elton elva elvia
elvin elvira elvis elwood elyse emanuel emerson emery emil emile emilia emilie emilio emily emma emmanuel emmett emory
enid enrique era eric erica erich erick ericka erik erika erin erlinda erma erna ernest ernestina ernestine ernesto
ernie errol ervin erwin esmeralda esperanza essie esteban estela estella estelle ester esther ethan ethel etta eugene
eugenia eugenio eula eulalia eunice eva evan evangelina evangeline eve evelyn everett everette evette ezra fabian
fabiola faith fannie fanny fatima fawn fay faye federico felecia felicia felicita felipe felix ferdinand fern fernando
fidel filomena fletcher flor flora florence florine flossie floy floyd forest forrest foster fran frances francesca
francine francis francisca francisco frank frankie franklin fred freda freddie freddy frederic frederick fredrick
freeman freida frieda gabriel gabriela gabriella gabrielle gail gale galen garland garnet garret garrett garry garth
gary gavin gay gaye gayla gayle gena genaro gene geneva genevieve genie genoveva geoffrey george georgette georgia
georgiana georgianna georgie georgina gerald geraldine gerard gerardo geri germaine german gerri gerry gertie gertrude
gil gilbert gilberto gilda gillian gina ginger ginny giovanni gisela gladys glen glenda glenn glenna gloria glory
goldie gonzalo gordon grace gracie graciela grady graham grant greg gregg gregoria gregorio gregory greta gretchen
griselda grover guadalupe guillermina guillermo gus gussie gustavo guy gwen gwendolyn ha hal haley hallie hanna hannah
hans harlan harley harmony harold harriet harriett harriette harris harrison harry harvey hattie haydee hayley hazel
heath heather hector heidi helen helena helene helga hellen henrietta henry herb herbert heriberto herlinda herman
herminia herschel hershel hester hilary hilda hildegard hillary hiram holli hollie hollis holly homer honey hope
horace hortencia houston howard hubert hugh hugo humberto hung hunter hyacinth ian ida idella ignacio ila ilene ima
imelda imogene ina india ines inez ingrid iola iona ione ira irene iris irma irvin irving irwin isaac isabel isabell
isabella isabelle isaiah isiah isidro ismael israel issac iva ivan ivette ivonne ivory ivy jack jackie jacklyn jackson
jaclyn jacob jacque jacquelin jacqueline jacquelyn jacques jacquline jade jaime jake jamal jamar jame jamel james jami
jamie jan jana jane janeen janel janell janelle janet janette janice janie janine janis janna jannette jannie
jaqueline jared jarred jarrett jarrod jarvis jasmin jasmine jason jasper javier jay jayme jayne jayson jean jeana
jeanette jeanie jeanine jeanna jeanne jeannette jeannie jeannine jeff jefferson jeffery jeffrey jeffry jena jenifer
jenna jennie jennifer jenny jerald jeremiah jeremy jeri jermaine jerome jerri jerrod jerry jesica jess jesse jessica
jessie jesus jewel jewell jill jillian jim jimmie jimmy jo joan joann joanna joanne joaquin jocelyn jodi jodie jody
joe joel joelle joesph joey johanna john johnathan johnathon johnie johnna johnnie johnny jolene jon jonas jonathan
jonathon joni jonnie jordan jorge jose josef josefa josefina joseph josephine josette josh joshua josie josue jovita
joy joyce juan juana juanita judi judith judy jules juli julia julian juliana julianna julianne julie juliet juliette
julio julius june jung junior justin justina justine kaitlin kaitlyn kami kara kareem karen kari karin karina karl
karla karma karol karon karrie karyn kasey kate katelyn katharine katherine katheryn kathi kathie kathleen kathrine
kathryn kathy katie katina katrina katy kay kaye kayla keisha keith kelley kelli kellie kelly kelsey kelvin ken
kendall kendra kendrick kenneth kennith kenny kent kenya keri kermit kerri kerrie kerry kesha keshia kevin kia kieth
kim kimberlee kimberley kimberly king kira kirby kirk kirsten kisha kitty kris krista kristal kristen kristi kristie
kristin kristina kristine kristopher kristy krystal krystle kurt kurtis kyla kyle kylie lacey lacy ladonna lakeisha
lakesha lakisha lamar lamont lan lana lance landon lane lanny laquita lara larissa larry lashawn lashonda latanya
latasha latisha latonia latonya latosha latoya latrice latricia laura laureen laurel lauren laurence lauretta lauri
laurie lavern laverne lavonne lawanda lawrence lazaro lea leah leann leanna leanne lee leeann leigh leila leilani
leisa lela leland lelia lemuel lena lenora lenore leo leola leon leona leonard leonardo leone leonel leonor leonora
leopoldo leora leota leroy les lesa lesley leslie lessie lester leta letha leticia letitia lettie levi lewis lia libby
liberty lidia lila lilia lilian liliana lillian lillie lilly lily lina lincoln linda lindsay lindsey lindy linnie
linwood lionel lisa lisette lissette liz liza lizette lizzie lloyd loan logan lois lola lolita lon lona long lonnie
lora loraine lore loren lorena lorene lorenzo loretta lori lorie lorine lorna lorraine lorri lorrie lottie lou louann
louella louie louis louisa louise lourdes lowell loyd luann luanne lucas lucia luciano lucien lucila lucile lucille
lucinda lucio lucretia lucy luella luis luisa luke lula lulu lupe lura luther luz lydia lyle lyn lynda lynette lynn
lynne lynnette ma mabel mable mack madeleine madeline madelyn madge madonna mae magda magdalena magdalene maggie
magnolia mai majorie malcolm malinda malissa mallory mamie mandi mandy manuel manuela maple mara marc marcel marcela
marcelina marcelino marcella marcelle marci marcia marcie marco marcos marcus marcy margaret margarita margarito marge
margery margie margo margot margret marguerite mari maria mariah mariam marian mariana mariann marianna marianne
mariano maribel maricela marie marietta marilyn marilynn marina mario marion marisa marisela marisol marissa maritza
marjorie marjory mark marla marlena marlene marlin marlon marlyn marlys marnie marquis marquita marry marsha marshall
marta martha martin martina marty marva marvel marvin mary maryann maryanne marybeth maryellen maryjane marylou mason
mathew matilda matilde matt matthew mattie maud maude maudie maura maureen maurice mauricio maurine mavis max maxine
maxwell may maya mayme maynard mayra meagan meaghan meg megan meghan mei melanie melba melinda melisa melissa mellisa
mellissa melodie melody melva melvin melvina mercedes mercy meredith merle merlin merrill merry mervin mi mia micaela
micah michael michaela micheal michel michele michell michelle mickey migdalia miguel mike milagros mildred miles
millard millicent millie milton mimi mina mindy minerva minnie miranda miriam mirna missy misti misty mitch mitchel
mitchell mitzi mohammad mohammed moises mollie molly mona monica monika monique monroe monte monty morgan morris
morton moses mozelle muriel murray myles myra myrna myron myrtis myrtle nadia nadine nakia nan nancy nanette nannie
naomi natalia natalie natasha nathalie nathan nathaniel natividad neal ned nedra neil nelda nell nellie nelly nelson
nereida nestor nettie neva newton nicholas nichole nick nicki nickolas nicolas nicole nigel niki nikita nikki nilda
nina nita noah noble noe noel noelle noemi nola nolan nona nora norbert noreen norma norman normand norris nova
octavia octavio odell odessa ofelia ola oleta olga olive oliver olivia ollie oma omar ona opal ophelia ora oralia
orlando orville oscar osvaldo otis otto owen pablo page paige palmer pam pamala pamela pansy parker pasquale pat
patience patrica patrice patricia patrick patsy patti pattie patty paul paula paulette paulina pauline pearl pearlie
pearline pedro peggy penelope penny percy perla perry pete peter petra phil philip phillip phillis philomena phoebe
phyllis pierre pilar pinkie piper polly porter portia precious preston pricilla priscilla prudence quentin quincy
quinton rachael racheal rachel rachelle rae rafael rafaela ralph ramiro ramon ramona randal randall randell randi
randolph randy raphael raquel raul raven ray raymond raymundo reba rebeca rebecca rebekah reed refugio reggie regina
reginald reid reina reinaldo rena renae renata renate rene renee renita reta retha reuben reva rex reyna reynaldo rhea
rhoda rhonda ricardo rich richard richelle rick rickey rickie ricky rigoberto riley rita rob robbie robbin robby
robert roberta roberto robin robyn rocco rochelle rocio rocky rod roderick rodger rodney rodolfo rodrick rodrigo
rogelio roger roland rolando roma roman romeo romona ron ronald ronda ronnie ronny roosevelt rory rosa rosalba rosalee
rosalia rosalie rosalina rosalind rosalinda rosalyn rosanna rosanne rosario roscoe rose roseann roseanne rosella
roselyn rosemarie rosemary rosetta rosie rosina rosita roslyn ross rowena roxana roxann roxanna roxanne roxie roy
royal royce ruben rubin ruby rubye rudolph rudy rufus russ russel russell rusty ruth ruthann ruthie ryan sabina
sabrina sadie sallie sally salvador salvatore sam samantha samatha sammie sammy samuel sandi sandra sandy sanford sang
santa santiago santos sara sarah sari sasha saul saundra savannah scarlet scarlett scot scott scottie scotty sean
sebastian selena selina selma serena sergio seth seymour shameka shana shanda shane shanna shannon shanon shanta
shante shantel shari sharla sharlene sharon sharonda sharron sharyn shaun shauna shawn shawna shayla sheena sheila
shelby sheldon shelia shelley shelli shellie shelly shelton sheree sheri sherly sherman sherri sherrie sherry sheryl
shiela shirlene shirley shonda sidney sierra silas silvia simon simone socorro sofia soledad solomon son sondra song
sonia sonja sonny sonya soon sophia sophie spencer spring stacey staci stacia stacie stacy stan stanley star stefan
stefanie stella stephan stephanie stephany stephen stephenie sterling steve steven stevie stewart stormy stuart sue
summer sun sung sunny sunshine susan susana susanna susanne susie suzan suzanna suzanne suzette sybil sydney sylvester
sylvia tabatha tabitha tad tamara tameka tamela tamera tami tamika tammi tammie tammy tamra tana tania tanisha tanner
tanya tara taryn tasha tatiana tawana tawny taylor ted teddy tena tequila tera terence teresa terese teresita teressa
teri terra terrance terrell terrence terri terrie terry tessa tessie thad thaddeus thea theda thelma theodora theodore
theresa therese theron thomas thurman tia tiana tiara tiffani tiffany tillie tim timmy timothy tina tiny tisha toby
todd tom tomas tomasa tommie tommy toni tonia tonja tony tonya tori tosha tracey traci tracie tracy travis trena trent
trenton treva trevor tricia trina trinidad trinity trisha trista tristan troy trudy truman twila twyla ty tyler tyra
tyrone tyson ulysses una ursula vada valarie valencia valentin valentina valentine valeria valerie valorie van vance
vanessa vaughn veda velda velma velvet venessa venita venus vera verda verla vern verna vernell vernice vernon
veronica vesta vicente vickey vicki vickie vicky victor victoria vida vikki vilma vince vincent viola violet violeta
virgie virgil virgina virginia vito vivian viviana vonda wade walker wallace walter wanda ward warner warren wayne
weldon wendell wendi wendy wesley weston whitney wilbert wilbur wilburn wilda wiley wilford wilfred wilfredo
wilhelmina will willa willard william williams willie willis wilma wilmer wilson windy winfred winifred winnie
winnifred winona winston wm woodrow wyatt xavier yadira yen yesenia yolanda yong young yvette yvonne zachary zachery
zane zelda zella zelma zenaida zoe zoila`

/** Without those that are given names too. */
export const CENSUS_SURNAMES = `abbott abernathy ables abrams acevedo acker ackerman acosta adair adams adamson adcock addison adkins adler agee
aguilar aguilera aguirre aiken akers akin akins alaniz albrecht albright alderman aldrich aldridge alfaro alford alley
allred almond alonso alston altman alvarado alvarez amaya ambrose ames anaya anders andersen andes andrade andrews
aponte apple appling aragon archer arellano arena arenas arias armour arms armstrong arnett arredondo arrington arroyo
ash ashby ashton askew atkins atkinson atwood avalos avila aviles ayala ayers babb babcock baber baca back backer
bacon bade bader badger baer baez baggett bagley baier bailes bailey baily bain baird baker baldwin bales ball ballard
ballinger bandy bane banister bank banker banks banner barajas barber barbour bard bare barefoot barge barger barker
barksdale barlow barnard barner barnes barnett barnhart barns baron barr barrera barrett barrier barringer barrios
barron barrow barth bartholomew bartlett bartley bash basinger bass bassett bateman bates battle battles batts bauer
baum bauman bautista baxter bay bayless bays beach beal beam beamer bean bear beard bearden beasley beatty beaty
beaulieu beaver beavers becerra beck becker beckman bee beebe beech beecher beer beers begay begin belanger belcher
bell bellamy beller bellinger bellows belt beltran benavides bender benedict benitez benoit benson bent bentley benton
berg berger bergeron bergman berman bermudez bernal bernier bernstein best betts beyer bias bible bidwell biggers
biggs biles biller billings bills binder bingham birch bird bishop black blackburn blackman blackmon blackwell blades
blalock blanchard blanco bland blanding blank blankenship blanks blanton blazer bledsoe blessing blevins bliss
blizzard block blocker blood bloom bloomer blount blow blue blum blunt board bode boggs bolden bolding boles bollinger
bolt bolton bond bonds bone bonilla bonner book boone booth boozer borden borders boring born boss boston boswell
bottoms bouchard boucher boudreaux bounds bourgeois bowden bowen bower bowers bowes bowie bowler bowles bowling bowman
bowser box boyce boyer boykin boyle boyles brace braden bradshaw bragg brake branch brand brandt branham brannon
brantley brasher braswell braun bravo brawner braxton bray breeding brennan brenner brewer brewster bricker bridge
bridges briggs bright brim brink brinker brinkley briscoe britt britton bronson brooker broom brothers broussard
brower brown browne browning bruner brunette brunner brunson brush bryson buchanan buckles buckley buckner bull
bullard buller bullock bump bunch bundy bunker burch burden burdick burger burgess burgos burke burkett burkhart burks
burnett burnette burnham burns burr burrell burress burris burroughs burrow burrows busby busch bush butcher butler
butt butters button butts byerly byers bynum byrd byrne caballero cable cabrera cage cagle cahill cain calderon
caldwell calhoun call callahan callaway calloway calvert camacho camp campbell camper campos canales cancel canning
cannon cano canon canter cantrell cantu capers capps card cardenas carder cardinal cardona cardwell carlisle carlson
carmichael carmona carnes carney caron carpenter carper carr carrasco carrier carrillo carrington carrion cartwright
caruso carver case cash cason cassidy castaneda castellanos castillo castle castro cater cates caudill cavanaugh
cavazos cave center cervantes chacon chamberlain chambers champagne champion chan chancellor chandler chaney chang
chapman chappell chastain chatman chavez chavis cheek cheeks chen cheney cheng chesser chestnut chew chick chidester
child childers childress childs chiles cho choi chow christensen christiansen chu chung church cisneros clack clapper
clarke cleary cleaver clements clemons clevenger click cline cloninger close cloud cloutier clover coates coats cobb
coburn cochran coe coffee coffey coffin coffman cofield cohen coker colbert coles coley collier collins colon colter
colvin combs comer comfort compton cone confer conklin conley conn connell connelly conner conners connolly connor
connors conroy constant contreras converse conway cook cooke cooks cool cooley coon cooper cope copeland copper
corbett corbin corcoran corder cordero cordes cordova core cork corley cormier corn cornett corona coronado corral
corrales correa cortes cortez costa costello cote cotter cotton cottrell couch coulter council countryman counts
cousin cousins couture cover covert covington cowan cowans coward cowart cowell cox coyle crabtree craft crain cram
cramer crandall crane crank craven craver crawford creamer creech creed creek crenshaw crespo crew crews crisp crocker
crockett croft cronin crook crooks cropper crosby cross crouch crow crowder crowe crowell crowley cruise crum crumb
crump crumpler crutcher cuellar cuevas cull cullen culler culver cumming cummings cummins cunningham curl curran
currie currier curry cutler cutter cutting cyr dahl daigle dailey daily daley daly dame daniels darby darden darling
dash dasher daugherty davenport davidson davies davila davison dawkins dawson day deal deans dear dearing deaton deck
decker deering dejesus delacruz delaney delarosa delatorre deleon delgado delong demoss dempsey denning dennison
denson dent denton derby devine dew dewitt dial dias diaz dickens dickerson dickey dickinson dicks dickson diehl
dietrich dietz diggs dill dillard dillon dixon dobbins dobbs dobson dodd dodge dodson doe doering doherty dolan dole
doll dollar dominguez donahue donaldson donnelly donner dooley doran dorman dorsey doss dotson doty dougherty dove
dover dow dowdy dowell dowling downer downes downey downing downs dozier dragon drain drake draper driscoll driver
drum drummond dryer duarte dube dubois dubose duck duckworth duff duffy dugan dugger duke dukes dull dumas dunbar
dunham dunlap dunn dupre dupree duran durant durbin durham dutton duty duvall dwyer dye dyer dyke dykes dyson eagle
earls early easley eason east eastman eaton eaves echols eckert edge edmonds edmondson edwards egan elam elder
eldridge elkins eller ellison ellsworth elmore engel england engle english ennis enriquez epperson epps erickson ernst
escobar escobedo esparza espinosa espinoza esposito esquivel estes estrada etheridge eubanks evans evers ewing ezell
fagan fair fairchild falcon fall falls fang fanning farley farmer farr farrar farrell farris fast faulk faulkner faust
favors fears feaster fee felder feldman feliciano fell feller fellows felton felts fender fenner fenton ferguson
fernandez ferreira ferrell ferrer ferris ferry fetter field fielder fielding fields figueroa finch fincher fine finger
fink finley finn finney fischer fish fisher fitch fitzgerald fitzpatrick fix flaherty flake flanagan fleck fleming
flick flint flood flores flower flowers fluker flynn foley folk folks fontaine fontenot fontes foote forbes force ford
fore forehand foreman forester forrester fort forte fortier fortune foss fountain fournier fowler fox frame france
franco franks fraser frazier free freed freeze french frey fried friedman friend fries fritz frost fry frye fudge
fuentes fugate fuller fulton funk furlong gable gage gagne gagnon gainer gaines gales galindo gall gallagher gallant
gallardo gallegos gallo galloway galvan gamble gann gant garber garcia gardner garner garrison garvin garza gaskins
gaston gates gatlin gauthier gee geiger geller gentile gentry gerber gibbons gibbs gibson gifford gilchrist giles gill
gillespie gilliam gillis gilmore gipson girard gist given givens gladden glass glasser glaze gleason glover goad
goddard godfrey godwin goetz goff goings goins gold goldberg golden golding goldman goldsmith goldstein gomes gomez
gonzales gonzalez good goode gooding goodman goodnight goodrich goodson goodwin gore gorman goss gouge gould graber
grammer grams granger grantham grass gravely graves gray grays grayson green greenberg greene greenwood greer grey
grider grier griffin griffith griggs grim grimes grimm groom grooms gross grossman grove groves grow grubb grubbs
gruber guerra guerrero guess guest guevara guidry guillory guinn gunn gunter gustafson guthrie gutierrez guzman haas
hack hacker hackett hackney haddock hadley hagan hagen hager haggard hahn haines hair hairston hale hales hall haller
hallmark halter ham hamby hamilton hamlet hamlin hamm hammer hammers hammock hammond hammonds hammons hampton han
hancock hand handy haney hang hankins hanks hanley hansen hanson harbour harden harder hardin harding hardy hare
hargrove harker harkness harman harmon harms harness harp harper harrell harrington hart harter hartley hartman hash
haskins hassler hastings hasty hatch hatcher hatfield hathaway hatter hatton haven havens hawk hawkes hawkins hawks
hawley hawthorne hay hayden hayes haynes hays hayward haywood hazard head healy heard hearn hebert heck hecker hedge
hedges hedrick held heller helm helmer helms helton hemphill henderson hendricks hendrickson hendrix henley henning
henninger hensley henson her herald herd hernandez herndon heron herrera herring herrington herron hertz hess hewitt
hickey hickman hicks higginbotham higgins high hightower hill hiller hilliard hillman hills hillyer hilton himes hinds
hines hinkle hinojosa hinson hinton hirsch hitchcock ho hoard hobbs hobby hobson hodge hodges hoff hoffman hogan hogue
holbrook holcomb holden holder holiday holland holler holley holliday hollingsworth holloway holman holmes holt holton
honeycutt hong hood hook hooker hooks hooper hoopes hoover hopkins hopper hopson horn horne horner horning horton
hoskins houck hough house houser howe howell howes hoyt huang hubbard huber huddleston hudgins hudson huerta huff
huffman huggins hughes hull humble humes hummel humphrey humphreys humphries hunt huntley hurd hurdle hurley hurst
hurt huston hutchings hutchins hutchinson hutchison hutson hutton huynh hyatt hyde hyman ibarra ingram inman irizarry
irons isaacs iverson ivey jacks jacobs jacobsen jacobson jameson jamison jansen jaramillo jarrell jeffers jeffries
jenkins jennings jensen jernigan jester jeter jimenez johns johnson johnston joiner jolly jones jorgensen joyner
juarez judd judge jump just justice kaiser kane kang kaplan katz kauffman kaufman kearney kearns keating keel keeler
keeling keen keenan keene keener keller kellogg kemp kennedy kenney kern kerns kerr kessler key keyes keys keyser khan
kidd kidder kilgore killian kilpatrick kimball kimble kimbrough kincaid kinder kindred kinney kinser kinsey kirkland
kirkpatrick kiser kissinger kitchen kitchens kite klein kline knapp knight knoll knowles knox knutson koch koehler
koenig kohler kraft kramer krause krueger kruse kuhn kurtz lackey ladd ladner lair laird lake lakes lam lamb lambert
lamp lancaster land lander landers landes landis landrum landry lang lange langford langley langston lanier lankford
large lark larkin larsen larson lash lasher lassiter laster latham lau laughlin lavender law lawler lawless laws
lawson lawyer lay layman layne layton le leach leader leak leal leary leathers leavitt leblanc ledbetter ledford leech
leggett lehman lemon lemons lent lentz levesque levin levine levy leyva li light liles lim lin lind linder lines link
linker linn lipscomb list lister little littlefield littlejohn liu lively livingston llamas lock locke lockett
lockhart lockwood lodge lofton lombardo london longoria look loomis looney looper loper lopes lopez lord lorenz lott
love loveless lovell lovely lovett loving low lowe lower lowery lowry lozano lucero luck lucky ludwig lugo lujan luna
lund lundy lunsford lusk luster lutes lutz ly lyles lynch lyon lyons lytle mabry macdonald mace machado macias mackey
madden maddox mader madison madrid madsen magana magee maguire maher mahoney maier main maines majors maldonado
mallard malloy malone maloney maness manley mann manners manning manor mansfield mapes maples marable marble march
marcum mares marin marine marino marker marks marquez marrero marrow mars marsh martinez mask massey mast masters mata
mather matherly mathers mathes mathews mathis matlock matos matson matthews mattingly mattson maurer mayberry mayer
mayes mayfield mayo mays maze mcallister mcbride mccabe mccain mccall mccann mccarthy mccarty mccauley mcclain
mcclellan mcclelland mcclendon mccloud mcclure mccollum mcconnell mccord mccormack mccormick mccoy mccracken mccray
mccullough mcdaniel mcdermott mcdonald mcdonough mcdowell mcelroy mcfadden mcfarland mcgee mcghee mcgill mcginnis
mcgowan mcgrath mcgraw mcgregor mcguire mchugh mcintosh mcintyre mckay mckee mckenna mckenzie mckinley mckinney
mckinnon mcknight mclain mclaughlin mclean mcleod mcmahan mcmahon mcmanus mcmillan mcmillian mcmullen mcnair mcnally
mcnamara mcneal mcneil mcneill mcpherson mcqueen mcrae mcwilliams mead meade meadows means medeiros medina medley
medrano meek meeker meeks meier mejia melendez melton mendes mendez mendoza meneses mercado mercer merchant mercier
merritt messenger messer messier metcalf metz metzger meyer meyers meza michaels michaud middleton miller milligan
million mills mims miner mink minor minter minton miracle mix mixon mize moats mobley mock moffett mohr molina monahan
money monk montalvo montanez montano montes montgomery montoya moody moon mooney moore moorer moose mora morales moran
more moreland moreno morin morrison morrow morse moseley moser mosher mosley moss motley mott moulton mount mountain
mounts moya moyer mueller mull mullen muller mullins muniz munoz munson murdock murillo murphy murry muse music musser
myers myrick nadeau nail nance napier napper naquin nash nation nations nava navarro naylor neely neff negron
neighbors nesbitt nester nettles new newberry newby newcomb newell newman newsome ng nguyen nicely nichols nicholson
nickel nickels nickerson nicks nielsen nielson nieto nieves nightingale niles nix nixon nobles north northern norton
norwood novak nowak nugent null nunes nunez nunn nurse nutter oakes oakley oaks oates obrien ochoa oconnell oconnor
odom odonnell ogden ogle oh ohara ojeda okeefe oldham oleary olsen olson oneal oneil oneill orange ornelas orourke
orozco orr ortega ortiz osborn osborne otero ott ouellette outlaw overcash overstreet overton overturf owens owings
pace pacheco pack packer paddock padgett padilla pagan painter palacios palm palomino pang papa paquette paradise pare
paredes parent parham paris parish park parks parnell parr parra parris parrish parrott parsley parson parsons
partridge pass pastor patch pate patel patten patterson patton paulson paxton payne payton peace peach peachey peacock
peak pearce pearson pease peck pedersen pederson peek peel peeler peer pelletier pena pence pendleton penn penner
pennington peoples pepper peppers peralta perdue pereira peres perez perkins person persons peters petersen peterson
pettit petty pham phelps phillips phipps phoenix pickens pickering pickett pickle pierce pierson pike pilgrim pillow
pimentel pina pine pineda pink pitcher pittman pitts place plank plant platt player plaza pleasant plumb plummer poe
pointer poirier poling polite polk pollard pollock ponce pond ponder pool poole pooler poor pope porch portillo posey
post potter potts pound pounds powell power powers prado prater prather pratt pray prescott presley pressley price
pride priest priester pringle prior pritchard pritchett proctor prosser province provost pruett pruitt pryor puckett
pugh pulley pulliam purcell purser purvis putnam pyle quarles quezada quick quinn quinones quintana quintero quirk
quiroz race rader radford rager ragland ragsdale rainer raines rainey rains rainwater rakes ramey ramirez ramos ramsey
randle range rangel rankin ransom raper rash rasmussen ratliff read reader reading ready reagan real ream reams
reardon reason reaves rector red redd redden redding redman redmond reece reeder reel reese reeves regan register
reilly reiner reinert renteria revels reyes reynolds rhoades rhodes rice richards richardson richey richmond richter
ricks riddick riddle rider ridge ridley rife riggs rimmer ring ringer rinker rios risinger ritchie ritter rivas rivera
rivers roach roark robbins roberson roberts robertson robinette robins robinson robison robles rocha roche rock
rockwell rodgers rodrigues rodriguez rodriquez roe roeder rogers rojas roll roller rollins romano romans romero romo
roof rooker rooks rooney root roper rosado rosales rosas rosen rosenberg rosenthal rossi roth rounds rouse rowan rowe
rowell rowland rowley rubio rucker rudd rude rue ruff ruffin ruiz rule rush rushing russo rust rutherford rutledge
rutter ryder rye saddler sadler saenz sage sager salas salazar saldana sale sales salgado salinas salmon salmons
salter salyer salyers sample samples sampson sams samuels sanchez sand sander sanders sanderson sandoval sands santana
sapp sargent sass sasser saucedo saucier saunders savage sawyer saylor scales schaefer schaeffer schafer schaffer
schell schmidt schmitt schmitz schneider schreiber schroeder schultz schulz schumacher schuster schwartz scruggs
scurry seal seals sealy seaman sears seay seely segura self sell sellers sells senter serna serrano session sessions
setser settle settles severance sewell sexton shade shafer shaffer shah shapiro sharp sharpe shaver shavers shaw shea
shearer shears sheehan sheets sheffield shell shepard shepherd sheppard sherer sheridan sherrer sherrill sherwood
shields shin shine shipley shipman shipp shirk shiver shivers shockley shoemaker shook shore shores short shorter
shorts shoulders showers shows shuck shuler shultz sickler sides siegel sievers sill sills silva silver silvers
simmons simms simons simpson sims sinclair sines singer singh singletary singleton sink sipes sisk sites sizemore
skaggs skelton skinner skipper slack slade slate slater slaughter slay sloan slusher small smalls smallwood smart
smiley smith smithers smock smothers sneed snell snider snipes snodgrass snow snowden snyder soares soler solis somers
sorensen sorenson sosa soto sousa south southern souza spain spangler spann sparks sparrow spates spaulding speaks
spear spears speck speed speer spell spence spicer spies spiker spikes spiller spinner spires spivey spooner sprague
springer springs sprinkle squire squires stack stafford stahl staley stallings stamp stamper stamps stanford stanton
staples stapleton stark starkey starks starnes starr staton stearns steel steele steen stein steiner stephens
stephenson stern sterner stevens stevenson steward stickler stiles still stinson stjohn stock stocker stocks stockton
stoddard stoker stokes stone stoner stoops storer storey storm storms story stout stovall stover stowers straight
strain strait strand strange stratton strawser street streeter strickland stringer strode strong stroud struck stubbs
studer stump styles suarez suggs suiter sullivan summers sumner surface sutherland sutton swain swan swank swann
swanson swartz sweat sweeney sweet swenson swift swiger swindle swisher switzer sykes tabor tackett talbot talley tan
tang tapia tart tarter tate tatum teague teeter telles temple templeton thacker tharp thatcher thayer thies thomason
thompson thomson thorn thorne thornton thorpe thrash thrasher thrift thrower thurston tidwell till tiller tilley
tillman timmons tingle tinker tinsley tipton titus tobin tolbert tomlinson tompkins toner toney tong topping torres
torrez toth tovar tower towers towner townes towns townsend toy trader trahan trail tran traylor treat trejo trevino
trimble triplett tripp trotter troupe trout true trujillo trump tuck tucker turner tuttle tweed ulrich underhill
underwood unger upton urban usher utter valdez valenzuela valle valley vandyke vang vann vanness varela vargas varner
vasquez vaughan vazquez veal vega vela velasco velasquez velazquez velez ventura vest vetter via vice vick vickers
vigil villa villalobos villanueva villarreal villegas vines vineyard vining vinson vogel vogt voss waddell waddle
wagers wages wagner wagoner waite waites waits wakefield walden waldron walk wall waller walling wallis walls walsh
walters walton waltz wang warden ware waring wash washburn washington waterman waters watkins watson watt watters
watts way weatherly weathers weaver webb webber weber webster weed weeks weir weiss welch weller wellington wellman
wells welsh welter werner west westbrook wester western wetzel whalen whaley whatley wheat wheatley wheeler whipple
whitaker white whited whitehead whitener whitfield whiting whitley whitlock whitman whitmore whitt whittaker whitten
whittington whittle wick wicker wicks widener wiener wiggins wilcox wild wilder wilds wiles wilhelm wilkerson wilkes
wilkins wilkinson willett willey williamson willingham willoughby wills wilt winchester winder wine wines wing winger
winkler winn winner winslow winter winters wisdom wise wiseman wiser witcher withers witherspoon witt witter wolf
wolfe wolff womack wong woo wood woodall woodard wooden woodland woodruff woods woodson woodward woody wooten word
work workman worley worrell worth worthington worthy wray wren wright wu wynn xiong yancey yang yarbrough yates yazzie
ybarra yeager yoder york yost youngblood younger youngs yu zamora zapata zavala zeigler zepeda ziegler zimmer
zimmerman zuniga`
