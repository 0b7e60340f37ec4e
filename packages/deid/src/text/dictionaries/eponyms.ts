/**
 * Names of people that name diseases, signs and devices, written out from public facts. These do so by
 * themselves.
 */
export const EPONYMS = `alzheimer alzheimers parkinson parkinsons parkinsonism parkinsonian crohn crohns hodgkin hodgkins apgar babinski romberg
doppler foley cushingoid raynaud raynauds sjogren sjogrens hashimoto hashimotos papanicolaou mantoux tourette tourettes asperger aspergers barrett
barretts holter swan-ganz hickman trendelenburg kussmaul cheyne-stokes guillain-barre creutzfeldt-jakob charcot-marie-tooth ehlers-danlos
wolff-parkinson-white mallory-weiss stevens-johnson epstein-barr jackson-pratt yankauer dobhoff roux-en-y billroth whipple nissen kegel pavlik
korotkoff ambu mohs fallot ewing ewings epley dix-hallpike phalen phalens tinel tinels lachman mcmurray mcburney mcburneys kernig kernigs brudzinski
janeway heberden heberdens bouchard bouchards homans chvostek trousseau westergren coombs snellen jaeger ishihara wechsler mallampati
cormack-lehane gleason breslow bosniak likert charlson child-pugh ranson ransons killip framingham marfan klinefelter prader-willi
angelman huntington huntingtons hirschsprung kawasaki legg-calve-perthes osgood-schlatter pagets dupuytren dupuytrens peyronie peyronies
wernicke wernickes korsakoff meniere menieres goodpasture goodpastures wegener wegeners takayasu behcet behcets churg-strauss
henoch-schonlein kaposi kaposis burkitt burkitts wilms waldenstrom waldenstroms zollinger-ellison brugada eisenmenger ebstein kearns-sayre
tay-sachs niemann-pick gaucher gauchers fabry pompe colles lisfranc bankart hill-sachs salter-harris brown-sequard budd-chiari
arnold-chiari dandy-walker diamond-blackfan dubin-johnson fitz-hugh-curtis lambert-eaton peutz-jeghers plummer-vinson sturge-weber
grey-turner bence-jones lesch-nyhan klippel-feil klippel-trenaunay lennox-gastaut landau-kleffner rathke schatzki zenker zenkers
meckel meckels braxton-hicks`

/** Things of the ward that are called by their inventors alone: `Foley in place`. */
export const EPONYM_DEVICES = `foley holter hickman yankauer dobhoff doppler trendelenburg mallampati apgar snellen kegel hemovac`

/** Names that are eponyms where one of the nouns below follows: `Bell's palsy`, `Murphy sign`. */
export const EPONYMS_WITH_NOUN = `addison albright alport apert chiari asherman barlow bartter becker bell bennett bloom bowen buerger baker caplan conn cooley
cowden crouzon cushing dercum devic down downs dressler duchenne edwards evans fanconi felty fournier friedreich gardner gerstmann gilbert
glanzmann graves grave hartnup horner hunter hurler jacob jefferson jones kallmann kartagener klippel leigh lewy libman loeffler lynch mcardle meigs
mendelson menkes mikulicz milroy munchausen murphy noonan ortolani osler paget pancoast patau pick pott potter prinzmetal reiter rett
reye rovsing sever sheehan sydenham tietze turner virchow hippel waterhouse weber west williams wilson allen finkelstein gaenslen hawkins
neer jobe yergason thomas ober patrick faber thompson rinne schober galeazzi moro cullen courvoisier levine gram wood braden morse
beck hamilton edinburgh norton barthel katz tinetti berg zung bishop nugent rankin lund hoehn yahr hess hunt hinchey forrest rockall blatchford
balthazar sabin salk hartmann cowper bartholin skene langerhans peyer purkinje schwann auer howell heinz dohle aschoff mallory russell quinton
kelly kocher babcock debakey sims graham lou gehrig ludwig sweet still boas carnett blumberg dunphy stemmer spurling jackson pratt penrose
miller macintosh bair bovie fowler lugol bouin ringer ringers gomori jobst unna hoyer winslow willebrand wells geneva glasgow apache wagner`

/** Nouns that make an eponym of the name before them. */
export const EPONYM_NOUNS = `disease diseases syndrome syndromes palsy palsies sign signs test tests score scores scale scales catheter catheters lymphoma sarcoma
tumor tumour maneuver manoeuvre reflex criteria index stain esophagus contracture phenomenon thyroiditis disorder anemia dementia chorea
cyst fracture fractures nodes classification staging grade lesion procedure operation repair ataxia encephalopathy psychosis
nephropathy neuropathy neuralgia gland glands tube drain clamp forceps retractor speculum triad tetralogy pouch fistula duct
ligament tendon body bodies granuloma granulomatosis macroglobulinemia agglutinin virus bacillus bacilli medium formula equation
fascia corpuscle aneurysm hernia ulcer anomaly malformation deformity inventory questionnaire cannula pump ventilator splint brace
collar boot gastrectomy hemiarthroplasty osteotomy amputation incision technique angina ophthalmopathy lamp lactate solution
gangrene boot exophthalmos factor`
