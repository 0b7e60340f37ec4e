/**
 * Medicines by their generic and brand names that no ending of `lexicon.ts` tells, written out from public
 * facts.
 */
export const DRUGS = `abilify accutane aciphex actonel actos acyclovir adalimumab adderall adenosine advair advil afrin albuterol aldactone
aleve allegra allopurinol alprazolam altace alteplase amaryl ambien amiodarone amlodipine amoxicillin amphetamine
anastrozole ancef androgel apixaban apriso aranesp aricept arimidex aripiprazole armour arnuity aromasin ascorbic asacol
aspart aspirin atacand atarax ativan atorvastatin atrovent atropine augmentin avandia avapro avastin avelox avodart azathioprine
azelastine azithromycin baclofen bactrim bactroban basaglar belsomra benadryl benazepril benicar bentyl benzonatate
benztropine bevespi biaxin bicillin bisacodyl bisoprolol boniva botox breo brilinta bromocriptine budesonide bumetanide bumex
buprenorphine bupropion buspar buspirone bydureon byetta bystolic caduet calcitonin calcitriol calcium canagliflozin captopril
carafate carbamazepine carbidopa cardizem cardura carvedilol cataflam catapres ceftin celebrex celexa cellcept cephalexin
cetirizine chantix chlorhexidine chlorthalidone cholecalciferol cholestyramine cialis cilostazol cipro citalopram claritin
cleocin clonidine clopidogrel clozapine clozaril codeine cogentin colace colchicine combivent compazine concerta copaxone
coreg cosopt coumadin cozaar crestor cubicin cyclobenzaprine cymbalta cytomel dabigatran dalteparin dapsone darvocet decadron
deltasone demadex demerol depakene depakote depo desyrel detrol dexedrine dexilant dextroamphetamine dextromethorphan
dextrose diflucan digitek digoxin dilantin dilaudid diltiazem dimetapp diovan diphenhydramine dipyridamole ditropan dobutamine
docusate dofetilide domperidone donepezil dopamine doxazosin doxycycline dramamine dronabinol dulaglutide dulcolax duloxetine
duoneb duragesic dyazide effexor efudex elavil eliquis emend enalapril enbrel enoxaparin ensure entecavir entresto ephedrine
epipen epogen ergocalciferol erythropoietin escitalopram eskalith esomeprazole estrace eszopiclone etanercept ethambutol
etodolac evista evoxac exelon exenatide ezetimibe famotidine farxiga feldene felodipine femara fenofibrate feosol ferrous
fexofenadine fioricet flagyl flecainide flexeril flomax flonase florastor flovent fludrocortisone flumazenil fluorouracil
fluoxetine folic forteo fosamax fosinopril furosemide gabapentin gatorade gemfibrozil genvoya geodon glargine glimepiride
glipizide glucagon glucerna glucophage glucotrol glucovance glyburide glycolax golytely guaifenesin guanfacine haldol
haloperidol harvoni heparin herceptin humalog humira humulin hydralazine hydrochlorothiazide hydrocodone hydrocortisone
hydromorphone hydroxychloroquine hydroxyzine hyoscyamine hytrin hyzaar ibuprofen imdur imitrex imodium imuran inderal indocin
indomethacin infliximab insulin integrilin intuniv invega invokana ipratropium iron isoniazid isordil isosorbide isotretinoin
ivermectin januvia jardiance juluca kaopectate kayexalate keflex kefzol kenalog keppra ketamine ketorolac klonopin klor
labetalol lactobacillus lactulose lamictal lamotrigine lanoxin lantus lasix latanoprost leflunomide lescol levaquin levemir
levetiracetam levitra levodopa levothyroxine levoxyl lexapro librium lidocaine lidoderm linagliptin linezolid lioresal lipitor
lispro lithium lithobid lodine lomotil loperamide lopid lopressor loratadine lorazepam lortab losartan lotensin lotrel
lotrimin lovastatin lovaza lovenox lozol lumigan lunesta lupron luvox lyrica maalox macrobid macrodantin magnesium mannitol
marcaine maxalt maxzide meclizine medrol megace melatonin meloxicam memantine meropenem mesalamine metamucil metaxalone
metformin methimazole methocarbamol methotrexate methylphenidate methylprednisolone metoclopramide metolazone metoprolol
metronidazole mevacor micardis micronase milrinone minipress minocycline miralax mirapex mirtazapine mobic modafinil montelukast
morphine motrin mounjaro mucinex mucomyst mupirocin mycelex mycostatin mylanta mysoline nafcillin naloxone naltrexone namenda
naprosyn naproxen narcan nardil nasacort nasonex nebivolol neosporin neulasta neupogen neurontin nexium niacin niaspan nicardipine
nicoderm nicotine nifedipine nitrofurantoin nitroglycerin nitroprusside nizoral nolvadex norco normodyne norpramin nortriptyline
norvasc novolin novolog nucynta nutren nystatin octreotide olanzapine olmesartan omeprazole omnicef ondansetron onglyza opana
orapred oseltamivir oxcarbazepine oxybutynin oxycodone oxycontin oxytocin ozempic pamelor pantoprazole parlodel paroxetine paxil
paxlovid penicillin pentoxifylline pepcid percocet perforomist periactin phenazopyridine phenergan phenobarbital phentermine
phenylephrine phenytoin phoslo pitocin plaquenil plavix plendil polymyxin potassium pradaxa pramipexole prandin prasugrel
pravachol pravastatin prazosin precedex prednisolone prednisone pregabalin premarin prempro prevacid prevnar prilosec primaxin
prinivil pristiq proair procardia prograf prolia propofol propranolol propylthiouracil proscar protonix provera provigil prozac
pseudoephedrine psyllium pulmicort pyridium pyridoxine quetiapine quinapril ranexa ranitidine ranolazine rapaflo reglan relafen
relpax remeron remicade renagel renvela requip restasis restoril retacrit rifampin rifaximin risperdal risperidone ritalin
rituxan rituximab rivaroxaban robaxin robitussin rocephin romazicon ropinirole rosuvastatin roxicodone rozerem rybelsus salbutamol
salmeterol sandimmune saxenda semaglutide senna senokot septra serevent seroquel sertraline sevelamer sildenafil silvadene
simethicone simvastatin sinemet singulair sitagliptin skelaxin sodium solumedrol soma sonata sotalol spiriva spironolactone
stelara strattera suboxone subutex sucralfate sudafed sulfasalazine sulfadiazine sulfamethoxazole sumatriptan symbicort synthroid
tacrolimus tadalafil tamiflu tamoxifen tamsulosin tegretol tekturna telmisartan temazepam tenormin terazosin tessalon
theophylline thiamine thorazine tiazac ticagrelor timolol timoptic tirzepatide tizanidine tobradex tofranil topamax topiramate
toprol toradol torsemide toujeo tradjenta tramadol trandate tranexamic trastuzumab travatan trazodone trelegy tremfya tresiba triamcinolone
triamterene tricor trileptal trimethoprim trulicity tudorza tums tylenol ultram unasyn uloric valacyclovir valium valproate valproic
valsartan valtrex vancomycin vaseline vasotec venlafaxine ventolin verapamil versed vesicare viagra vibramycin vicodin victoza
vimpat viread vistaril voltaren vraylar vyvanse warfarin wegovy welchol wellbutrin xalatan xanax xarelto xeljanz xifaxan xolair xopenex
xyzal yasmin zanaflex zantac zarontin zaroxolyn zebeta zestoretic zestril zetia ziac zinc ziprasidone zithromax zocor zofran zoloft
zolpidem zometa zonegran zosyn zovirax zyban zyloprim zyprexa zyrtec zyvox pfizer moderna shingrix pneumovax gardasil fluzone zostavax
boostrix havrix engerix recombivax menactra pedialyte tdap`
