/**
 * Given names and surnames of many cultures that the Census list lacks, written out from public facts;
 * without accents.
 */
export const WORLD_NAMES = `aadhya aarav aditya aditi ajay akash akira akiko aleksandr aleksander aleksandra alejandra alejandro alessandro alexei
alexey amadou amina aminata amit amara anastasia anders andrei andrey andrzej aneta ananya anjali anil annika antoine antonin anush arash
arjun armando arturo asa ashok astrid aya ayesha ayse babak bartosz beata bashir birgit bjorn blanka bogdan boris bozena branko
camille catarina cem chidi chiara chukwu claire daisuke daniela dariusz deepak deepika dieter dimitri dimitrios dmitri dmitry dorota
eduardo ekaterina elif emeka emine emre enrique erik eszter fadi fatima fatma fatoumata federica federico ferenc francesca francesco
francois franz frida friedrich fumiko gabor gergely giorgio giovanni giulia giuseppe goran gudrun guillaume gunther hakan hamza hana
hanna hannes haruka haruto hasan hassan heike helga hiroshi hiroko hristo huda hussein hyun ibrahim ifeoma igor ikram ilya imran ingrid
irina isabel ivan ivana iwona jakub jana jaroslav javier jelena jens jiri joao johan johannes jorge josef jozef juan jurgen kamal kamila
karim karin karthik katarina katarzyna kaori kavita kazuki keiko kenji khadija khalid kiran klaus kofi krzysztof kumar kwame lakshmi lars
laszlo leila lena ling ljubica lorenzo luca lucia ludmila luis lukas lukasz maciej magda magdalena mahmoud malgorzata manoj marek margarethe
mariam mariana marta masako mateo mateusz matteo mehmet mei milan milica minh miroslav mohamed mohammad mohammed mohan monika mostafa
muhammad murat mustafa nadia naoko nasser natalia natasha neha ngozi nguyen nikhil nikola nikolai noor nuno oleg olga olena oluwaseun
omar osman otto pablo paola paolo pavel pawel pedro petr petra philippe pierre piotr pooja pradeep prakash priya quang radek rafael
rahul raj rajesh rakesh ramesh rania ravi reza ricardo rohan roza ryo sachiko sakura salma samir sandeep sanjay santiago satoshi sergei
sergey sergio shreya sigrid simone sofia soren stanislav stefan stefano stefania sunil sunita suresh svetlana swati sven tadeusz takashi takeshi
tamar tariq tatiana thanh thabo thiago thierry tomas tomasz tomoko tran tuan ulrich umar uwe vaclav valentina vijay vikram vinay viktor
vivek vladimir wang wei wojciech xavier xiao xin yasmin yasuko yosef youssef yuki yulia yusuf zahra zainab zara zbigniew zeynep zoltan zsofia
abdullah acharya adeyemi agarwal aguilar ahmad ahmed akhtar alam albrecht alvarez amin andersen andersson ansari aoki arslan arora aslan bakshi
bauer becker begum berg bergstrom bernard bhatt bianchi bondarenko bose bruno castro celik chakraborty chatterjee chaudhary chavez chen cheng
chopra choudhury cohen costa da_silva dang das demir desai diallo dias dimitrov dubois duong eriksson esposito fernandes fernandez ferrari ferreira
fischer fontaine fournier fujita gao garcia gomes gomez gonzales gonzalez gonzalez goldberg goldstein gruber gupta gustafsson gutierrez
haddad hansen hansson hashimoto hernandez hoang hoffmann horvath huang huber hussain ito iyer jain jankowski jansen jansson janssen jensen jha
jimenez joshi kaiser kamau kapoor karlsson kato kaur keller khan khanna kim kimura klein kobayashi koch kovac kovacs kowalczyk kowalski krishnan
kruger kumari kuznetsov lambert larsen larsson laurent le_blanc lefebvre lehmann li lin lindberg liu lopez ma maier malik marino martinez martins matsumoto
mehta mendoza meyer mishra mohamud molnar moreau moreno mori mukherjee muller murakami mwangi nagy nair nakamura nielsen nikolov nilsson novak
nowak nwosu obi oconnor odonnell ogawa okafor okeke okoye olsen olsson ortiz osullivan ozturk papadopoulos park patel patil pavlov pereira perez
persson petersen petrov petrovic pham phan pillai popa popescu popov qureshi rahman ramirez ramos rao reddy ribeiro richter rivera
rodrigues rodriguez romano rosenberg rossi roy russo saito sanchez sandhu santos sasaki sato schmid schmidt schmitt schneider schroder schulz
schwarz seo sharma shah sheikh shetty shimizu siddiqui silva singh smirnov sokolov sorensen souza stoica suleiman suzuki svensson swamy szabo takahashi
tanaka tanaka toth traore tiwari torres toure usman vargas varga vasquez vega venkatesh verma virtanen vogel volkov vu watanabe weber weiss wieczorek
wisniewski wojcik wolff wong xu yadav yamada yamamoto yamaguchi yang yilmaz yildiz yoon zhang zhao zheng zhou zhu zimmermann`

/** English words that with a capital are more often a name, even at the beginning of a sentence. */
export const NAMES_FIRST = `jack lee robin eddy ruby carol sally heather holly rosemary violet daisy brandy sherry jewel fern kitty jade sierra destiny
dale troy clement beau marlin sonny patsy jasmine belle birdie savanna garland heath chuck rod cliff rusty penny sue dawn chad
derrick warren earl glen lance marina molly polly peggy candy barb patty laurel victor ray gene wade pat dean reed drew miles jay basil
becker miller turner parker cooper tucker spencer carter fisher foster harper mason wells jones
davis wilson adams evans rogers peters roberts williams stevens edwards phillips daniels harris morris lewis ellis hughes`

/** What stands before a name and says so. */
export const HONORIFICS = `mr mrs ms mx miss dr drs prof professor rev reverend fr sr sra srta hon judge sgt lt capt col maj gen cpl pvt
herr frau mme mlle monsieur madame madam mademoiselle senor senora senorita signor signora dott dra don dona sheikh imam rabbi pastor
`

/** Small words inside a name. */
export const PARTICLES = `de da do dos das del della der den des di du la le las los van von vom zu zum zur ten ter te bin binti ibn abu al
el ap ab mac mc san santa saint st y e und na nad pod pri sur sous lez am im`

/** What follows a name and is a part of it. */
export const NAME_SUFFIXES = `jr sr ii iii iv esq md phd rn do np pa dds dmd dvm jd mba cpa`
