/**
 * Clinical words that a common English lexicon lacks, written out for this project. Word endings are in
 * `lexicon.ts`.
 */
export const CLINICAL_WORDS = `na cl mg cr plt plts hgb hct trop alb bili phos lact sulfa wt ht temp resp pulse sat hx pmh psh pt rx dx tx sx abd ext lungs cor chem lytes
neuro psych skin msk tib fib bld urea coag occ abn neg pos nml bilat echo cath trach vent peg foley appt dept exp tel fax ext vs
head neck hand hands foot feet arm arms leg legs eye eyes ear ears nose mouth tooth teeth back heart brain skin bone
bones joint joints hair nail nails finger fingers toe toes thumb wrist elbow shoulder face jaw lip lips throat belly calf thigh shin heel ankle ankles
spine rib ribs breast breasts blood muscle muscles nerve nerves pelvic buttock scalp cheek chin palm sole navel waist body flesh tissue
dander pollen mite mites peanut peanuts walnut soybean codfish shrimp wheat gluten latex ragweed
pack valent proliferative nonproliferative antenatal allergen nitrite ethinyl leuprolide polysaccharide bld
entitic enzymatic filtration clavulanate hydrobromide meperidine quadrivalent monovalent pentavalent trivalent trans panel alanine aspartate
aminotransferase phosphatase demential ovulation antigens isolates automated
abd abdominal abducens abductor ablation abruptio abscesses acetabular acetabulum achalasia achilles acidotic
acral acromioclavicular acromion actinic acuity adenoid adenoids adenopathy adenovirus adhesiolysis adipose adnexa
adnexal adrenal adrenals afebrile afferent agonal akathisia akinesis albumin aldosterone alkalosis allogeneic allograft
alopecia alveolar alveoli ambulate ambulating ambulation ambulatory amenorrhea amniotic amylase anaphylaxis anastomosis
aneurysm aneurysmal angina anion anicteric ankylosing anorectal antalgic antecubital antegrade anterior anterolateral
anteroposterior antibodies antibody anticoagulated anticoagulant anticoagulation antiemetic antigen antimicrobial
antiplatelet antiviral antrum anuric anxiolytic aorta aortic apheresis aphasia aphasic aphthous apical apices apnea apneic
appendix arrhythmia arrhythmias arterial arteriovenous artery arthralgia arthralgias arthroplasty ascites ascitic
asymptomatic ataxia ataxic atelectasis atheroma atherosclerotic atopic atopy atria atrial atrioventricular atrium atrophy
atypical audiology aural auscultation autoimmune autologous avascular avulsion axial axilla axillae axillary axis azotemia
bacteremia bacterial bacteriuria basal basilar basilic basophil basophils bedside benign bibasilar bicarb bicarbonate
biceps bicuspid bifascicular bifid bifurcation bilateral bilaterally bile biliary bilirubin biopsies biopsy bisphosphonate
bladder blanching blastomycosis bleb blepharospasm blurry bolus bougie brachial brachiocephalic bradycardia bradycardic
bradypnea brainstem branchial breech bronchi bronchial bronchiectasis bronchiolitis bronchodilator bronchospasm bronchus
bruit bruits bruxism buccal bulbar bulla bullae bullous bunion bursa bursae bursitis cachectic cachexia calcaneal
calcaneus calcification calcifications calcified calciphylaxis calculi calculus callus calyceal cancellous candida
candidal candidiasis cannula cannulated capillary capsular carbuncle carcinoid carcinoma cardiac cardiology cardiomegaly
cardiopulmonary cardiorespiratory cardiothoracic cardiovascular cardioversion caries carotid carpal cartilage caruncle
cataract cataracts catatonia catecholamine catheter catheters cauda caudal caudate cauterized cavus cecal cecum celiac
cellulitis centrilobular cephalad cephalic cerebellar cerebellum cerebral cerebrospinal cerebrovascular cerumen cervical
cervix cesarean chalazion chancre cheilitis chemo chemoradiation chemotherapy chest cholecystectomy cholecystitis
cholelithiasis cholestasis cholesteatoma cholesterol chondral chondrocalcinosis chorea chorioamnionitis choroid choroidal
chronotropic chyle cilia ciliary cirrhosis cirrhotic claudication clavicle clavicular clindamycin clinician clinicians
clonus clubbing coagulopathic coagulopathy coarctation coccyx cochlear cognition cognitive colectomy colic colitis
collateral collaterals colon colonic colonoscopy colostomy comatose comedones comminuted comorbid comorbidities
comorbidity concha concussion condyle condylar condyloma congenital conjugated conjunctiva conjunctivae conjunctival
consolidation constipation contiguous contraception contraceptive contraceptives contracture contractures contraindicated
contraindication contralateral contrecoup contused contusion contusions conus convulsion cornea corneal coronal coronary
coronavirus corpus cortical cortices corticosteroid corticosteroids cortisol costal costochondral costochondritis
costophrenic costovertebral coumadinized cranial craniotomy craniotomies creatinine crepitance crepitus croup
cryotherapy cryptogenic cryptorchidism cubital culdesac curettage cusp cutaneous cyanosis cyanotic cyst cystic cysts
cytology cytologic cytomegalovirus debride debrided debridement debulking decannulated decannulation decerebrate
decompensated decompensation decubitus defecation defervesced defibrillation defibrillator dehiscence dehydrated delirium
deltoid delusional delusions dementia demyelinating dengue denture dentures deoxygenated depolarization dermal dermatitis
dermatology dermatome dermis desaturated desaturation desaturations desensitization desiccation detox detrusor diabetes
diabetic diabetics diagnoses diagnosis diagnostic dialysis dialyzed diaphoresis diaphoretic diaphragm diaphragmatic
diarrhea diarrheal diastole diastolic diathesis differential diffusely digital dilatation dilated dilation diplopia
disc discectomy discoid disequilibrium disoriented distal distally distended distention diuresed diuresis diuretic
diuretics diverticula diverticular diverticulitis diverticulosis diverticulum dorsal dorsalis dorsiflexion dorsum dosage
dose dosed doses dosing droplet duct ductal ductus duodenal duodenitis duodenum dura dural dysarthria dysarthric
dyscrasia dysesthesia dysfunction dysfunctional dyskinesia dyslipidemia dysmenorrhea dysmorphic dyspareunia dyspepsia
dysphagia dysphonia dysphoric dysplasia dysplastic dyspnea dyspneic dysrhythmia dysthymia dystocia dystonia dystonic
dystrophy dysuria eardrum ecchymoses ecchymosis ecchymotic echo echogenic echogenicity eclampsia ectasia ectatic ectopia
ectopic ectopy ectropion eczema eczematous edema edematous edentulous effaced effacement efferent effusion effusions
electrocardiogram electrocautery electroencephalogram electrolyte electrolytes electromyography elliptocytes emboli
embolic embolism embolization embolus emesis empiric empirically empyema encephalomalacia encephalopathic encephalopathy
endarterectomy endobronchial endocardial endocardium endocervical endocrine endocrinology endocrinologist endodontic
endogenous endometrial endometriosis endometrium endoscopic endoscopy endothelial endotracheal endovascular enema enteral
enteric enteritis enterobacter enterococcal enterococci enterococcus enterocolitis enucleation enuresis eosinophil
eosinophilia eosinophilic eosinophils epicondyle epicondylitis epicardial epidermal epidermis epidermoid epididymal
epididymis epididymitis epidural epigastric epigastrium epiglottis epiglottitis epilepsy epileptic epileptiform
epinephrine epiphora epiphyseal epiphysis episiotomy epistaxis epithelial epithelialized epithelium equivocal erector
eructation erythema erythematous erythrocyte erythrocytes erythroid eschar esophageal esophagitis esophagus esotropia
estradiol estrogen estrogens ethanol ethmoid etiologies etiology euglycemic eustachian euthymic euthyroid euvolemic evoked
exacerbated exacerbation exacerbations excisional excoriated excoriation excoriations exogenous exophthalmos exophytic
exostosis exotropia expectorant expectorate expectoration expiratory extensor extraaxial extracorporeal extracranial
extraction extradural extrahepatic extraocular extrapyramidal extravasation extremities extremity extubate extubated
extubation exudate exudates exudative facet facial falciform fallopian familial fascia fascial fasciitis fasciculations
fasciotomy febrile fecal feces femoral femur ferritin fetal fetus fetuses fibrillation fibrin fibrinogen fibroadenoma
fibrocystic fibroid fibroids fibromyalgia fibrosis fibrotic fibula fibular fissure fistula fistulas fistulous flaccid
flatulence flatus flexion flexor flexors floaters flu fluctuance fluctuant fluoride fluoroscopic fluoroscopy focal foci
folate follicle follicular folliculitis fontanelle foramen foramina foraminal forceps forearm forefoot foreskin fornix
fossa fovea fractured fractures frenulum frontal frontotemporal fulminant fundal fundi fundoscopic fundus fungal fungemia
furuncle fusiform gait galactorrhea gallbladder gallop gallops gallstone gallstones ganglia ganglion gangrene gangrenous
gastrectomy gastric gastritis gastrocnemius gastroenteritis gastroenterology gastroesophageal gastrointestinal
gastroparesis gastrostomy gavage genital genitalia genitourinary genu gestation gestational giardia gingiva gingival
gingivitis glabella glabellar gland glandular glans glaucoma glenohumeral glenoid glial globulin globus glomerular
glomerulonephritis glossitis glottic glottis glucose glucosuria glutamate gluteal gluteus glycosylated goiter gonad
gonadal gonococcal gonorrhea gout gouty gram granulation granulocyte granuloma granulomas granulomatous gravid gravida
groin guaiac guarding gynecologic gynecologist gynecology gynecomastia haematology haemoglobin hallucination
hallucinations hallucis hallux halo hamartoma hamstring hamstrings haptoglobin heartburn helicobacter hemangioma
hemangiomas hemarthrosis hematemesis hematochezia hematocrit hematologic hematologist hematology hematoma hematomas
hematuria heme hemianopia hemicolectomy hemiparesis hemiplegia hemiplegic hemithorax hemoccult hemodialysis
hemodynamic hemodynamically hemodynamics hemoglobin hemolysis hemolytic hemophilia hemoptysis hemorrhage hemorrhages
hemorrhagic hemorrhoid hemorrhoidal hemorrhoids hemosiderin hemostasis hemostatic hemothorax hep hepatic hepatitis
hepatobiliary hepatocellular hepatojugular hepatology hepatomegaly hepatosplenomegaly hernia hernias herniated herniation
herniorrhaphy herpes herpetic heterogeneous heterotopic hiatal hiatus hilar hilum hip hippocampus hirsutism histologic
histology histoplasmosis hives hoarseness homonymous hordeolum hormonal hormone humeral humerus humidified hyaline
hydration hydrocele hydrocephalus hydronephrosis hymen hyoid hyperactive hyperacute hypercalcemia hypercapnia
hypercarbia hypercholesterolemia hypercoagulable hyperdense hyperechoic hyperemesis hyperemia hyperemic hyperextension
hyperglycemia hyperglycemic hyperinflated hyperinflation hyperintense hyperintensities hyperintensity hyperkalemia
hyperkeratosis hyperkeratotic hyperkinetic hyperlipidemia hypermobility hypernatremia hyperopia hyperparathyroidism
hyperphosphatemia hyperpigmentation hyperpigmented hyperplasia hyperplastic hyperreflexia hyperreflexic hypersensitivity
hypersomnia hypertension hypertensive hyperthermia hyperthyroid hyperthyroidism hypertrophic hypertrophied hypertrophy
hyperuricemia hyperventilating hyperventilation hypervolemia hypervolemic hypnotic hypoactive hypoalbuminemia hypocalcemia
hypodense hypoechoic hypogastric hypoglossal hypoglycemia hypoglycemic hypogonadism hypokalemia hypokalemic hypokinesis
hypokinetic hypomagnesemia hypomania hyponatremia hyponatremic hypoperfusion hypophosphatemia hypopigmented hypoplasia
hypoplastic hyposmia hypospadias hypotension hypotensive hypothalamic hypothalamus hypothermia hypothermic hypothyroid
hypothyroidism hypotonia hypotonic hypoventilation hypovolemia hypovolemic hypoxemia hypoxemic hypoxia hypoxic
hysterectomy hysteroscopy iatrogenic icteric icterus idiopathic ileal ileitis ileocecal ileostomy ileum ileus iliac
iliopsoas ilium immunocompetent immunocompromised immunodeficiency immunoglobulin immunology immunosuppressant
immunosuppressed immunosuppression immunosuppressive immunotherapy impaction impetigo implantable implantation
impulsivity incarcerated incision incisional incisions incisor incontinence incontinent incus indurated induration
indwelling infarct infarcted infarction infarctions infarcts infertility infiltrate infiltrates infiltration infiltrative
inferolateral inflamed inflammation inflammatory influenza infraclavicular infrahilar infraorbital infrapatellar
infraspinatus infundibulum infusion infusions ingrown inguinal inhalation inhaled inhaler inhalers injectable inotrope
inotropes inotropic inpatient inpatients insomnia inspiration inspiratory insufficiency insulin insulins integument
intensivist interatrial intercostal intercurrent interdental interdigital intermittent internist interosseous
interphalangeal interstitial interstitium intertriginous intertrigo intertrochanteric interval interventricular
intervertebral intestinal intima intimal intolerance intraabdominal intraarticular intracerebral intracranial intradermal
intraductal intrahepatic intramedullary intramuscular intranasal intraocular intraoperative intraoperatively intraoral
intraparenchymal intrapartum intrathecal intrathoracic intrauterine intravascular intravenous intravenously
intraventricular introitus intubate intubated intubation intussusception invasive involuntary iodinated iontophoresis
ipsilateral iris iritis irrigation ischemia ischemic ischial ischium isoechoic isoelectric isolate isometric isthmus
jaundice jaundiced jejunal jejunostomy jejunum jugular juvenile keloid keratin keratoconus keratosis keratoses keratotic
ketoacidosis ketone ketones ketonuria kidney kidneys kinase klebsiella knee knees kyphoplasty kyphosis kyphotic labia labial
labile labor labrum labyrinthitis laceration lacerations lacrimal lactate lactic lactose lacunar lamina laminectomy
laparoscopic laparoscopically laparoscopy laparotomy laryngeal laryngitis laryngoscopy larynx lateral laterality laxative
laxatives laxity lesion lesions lethargic lethargy leukemia leukocyte leukocytes leukocytosis leukopenia leukoplakia
leukorrhea levator lichen lichenified ligament ligamentous ligaments ligated ligation limbus linea lingual lingula
lipase lipid lipids lipoma lipomas lipoprotein listhesis listeria lithiasis lithotripsy livedo liver lobar lobe lobectomy
lobes lobular lochia loculated loculations lordosis lordotic lucency lucent lumbar lumbosacral lumen lumpectomy lunate lung
lungs lupus luteal lymph lymphadenopathy lymphatic lymphatics lymphedema lymphocyte lymphocytes lymphocytic lymphocytosis
lymphoid lymphoma lymphopenia lysis macrocytic macrocytosis macrophage macula macular macule macules maculopapular
malabsorption malaise malaria malformation malignancies malignancy malignant malleolar malleoli malleolus mallet
malnourished malnutrition malocclusion malrotation malunion mammary mammogram mammograms mammography mandible mandibular
mania manic marrow mastectomy mastitis mastoid mastoiditis maxilla maxillary maxillofacial measles meatus meconium medial
medially mediastinal mediastinum medulla medullary megacolon meibomian melanocytic melanoma melanotic melena
menarche meningeal meninges meningioma meningismus meningitis meningococcal menisci meniscal meniscus menopausal menopause
menorrhagia menses menstrual menstruation mesenteric mesentery mesh mesothelioma metabolic metabolite metacarpal
metacarpals metacarpophalangeal metaphyseal metaplasia metastases metastasis metastasized metastatic metatarsal
metatarsals metatarsophalangeal metered methadone microalbumin microalbuminuria microcephaly microcytic microcytosis
microdiscectomy microhematuria microvascular micturition midaxillary midbrain midclavicular middle midfoot midline
midshaft migraine migraines migrainous miosis miotic miscarriage mitral mobility modality molar molars molluscum
moniliasis monoclonal monocyte monocytes mononuclear mononucleosis monotherapy mons morbid morbidly motility mucocele
mucocutaneous mucoid mucopurulent mucosa mucosae mucosal mucous mucus multifactorial multifocal multigravida multilevel
multilobar multinodular multiparous multivitamin multivitamins mumps murmur murmurs muscular musculature musculoskeletal
mutism myalgia myalgias myasthenia mycobacteria mycobacterium mycoplasma mycosis mydriasis myelin myelitis myelodysplastic
myelogram myeloid myeloma myelopathy myocardial myocarditis myocardium myoclonic myoclonus myofascial myomectomy myopathy
myopia myositis myotonic myringotomy myxedema naris nares nasal nasogastric nasolabial nasolacrimal nasopharyngeal
nasopharynx nausea nauseated navicular nebulized nebulizer nebulizers neck necrosis necrotic necrotizing neoadjuvant
neonatal neonate neonates neoplasm neoplasms neoplastic nephrectomy nephritis nephrolithiasis nephrologist nephrology
nephropathy nephrosis nephrostomy nephrotic neural neuralgia neuritis neurocognitive neurodegenerative
neuroendocrine neurofibroma neurogenic neuroleptic neurologic neurological neurologically neurologist neurology neuroma
neuromuscular neuropathic neuropathy neuropsychiatric neurosurgeon neurosurgery neurosurgical neurovascular neurovascularly
neutropenia neutropenic neutrophil neutrophils nevi nevus nipple nipples nocturia nocturnal nodal node nodes nodular
nodularity nodule nodules nonbloody noncompliance noncompliant noncontributory noncontrast nondisplaced nondistended
nonfocal nonhealing nonischemic nonlabored nonobstructive nonproductive nonreactive nonspecific nontender nontoxic
nonunion norepinephrine normocephalic normochromic normocytic normotensive normoactive nosocomial nuchal nucleus nulligravida
nulliparous numbness nursery nutritionist nystagmus obese obesity obliterans obstetric obstetrical obstetrician obstetrics
obstipation obstructive obtunded obturator occipital occiput occluded occlusal occlusion occlusions occlusive occult ocular
oculomotor odontoid odynophagia olecranon olfactory oligohydramnios oligomenorrhea oliguria oliguric omental omentum
oncologic oncologist oncology onychomycosis oophorectomy opacification opacities opacity ophthalmic ophthalmologist
ophthalmology ophthalmoplegia opiate opiates opioid opioids opportunistic optic optometrist optometry oral orally orbital
orchiectomy orchitis organomegaly orientation oropharyngeal oropharynx orthodontic orthopaedic orthopedic orthopedics
orthopedist orthopnea orthostasis orthostatic orthostatics orthotic orthotics oscillation osmolality osmolar ossicles
ossification osseous ostia ostial ostomy otalgia otic otitis otolaryngologist otolaryngology otorrhea otosclerosis
outpatient outpatients ova ovarian ovaries ovary oximeter oximetry oxygenated oxygenating oxygenation paced pacemaker pacer
pacing palatal palate palatine pallor palmar palpable palpate palpated palpation palpitation palpitations palsy pancreas
pancreatic pancreatitis pancytopenia panhypopituitarism panic panniculitis pannus papilla papillae papillary papilledema
papilloma papillomavirus papular papule papules paracentesis paracervical paradoxical parainfluenza paralytic paramedian
paranasal paranoia paranoid paraparesis paraphimosis paraplegia paraplegic paraproteinemia parasite parasites parasitic
paraspinal paraspinous parasternal parasympathetic parathyroid parenchyma parenchymal parenteral paresis paresthesia
paresthesias parietal paronychia parotid paroxysmal parturition passively patella patellar patellofemoral patency patent
patellae pathogen pathogenic pathogens pathologic pathological pathologist pathology pectoralis pectus pediatric
pediatrician pediatrics pedicle pedal pediculosis pedunculated pellagra pelvic pelvis pemphigoid pemphigus penile penis
peptic percutaneous percutaneously perforated perforating perforation perforator perfused perfusion perianal periaortic
periapical pericardial pericardiocentesis pericarditis pericardium perichondritis perihepatic perihilar perinatal
perineal perineum periodontal periodontitis perioperative perioral periorbital periosteal periosteum peripheral
peripherally perirectal peristalsis peritoneal peritoneum peritonitis peritonsillar periumbilical periungual periventricular
pernicious peroneal peroneus perseveration pertussis pessary petechia petechiae petechial phakic phalangeal phalanges
phalanx pharyngeal pharyngitis pharynx phenotype pheochromocytoma phimosis phlebitis phlebotomy phlegm phlegmon phobia
phonation phosphatase phosphorus photocoagulation photophobia photosensitivity phototherapy phrenic physiatrist physiatry
physiologic physiological physiotherapist physiotherapy pigmented pilar piloerection pilonidal pinna pituitary placenta
placental plantar plasma plasmapheresis platelet platelets plethora pleura pleural pleurisy pleuritic plexus plica
pneumococcal pneumococcus pneumoconiosis pneumocystis pneumomediastinum pneumonectomy pneumonia pneumonias pneumonitis
pneumoperitoneum pneumothoraces pneumothorax podagra podiatric podiatrist podiatry poikilocytosis polio poliomyelitis
polyarthralgia polyarthritis polyarticular polycystic polycythemia polydactyly polydipsia polyhydramnios polymyalgia
polymyositis polyneuropathy polyp polypectomy polyphagia polypharmacy polypoid polyposis polyps polysubstance polyuria
popliteal popliteus porphyria portacath postauricular postcoital posterior posteriorly posterolateral postictal
postinflammatory postmenopausal postnatal postoperative postoperatively postpartum postprandial postsurgical posttraumatic
postvoid potassium preauricular precancerous precordial precordium predialysis prediabetes prediabetic preeclampsia
preexisting premature premenopausal premenstrual prenatal preoperative preoperatively prepatellar prepuce presacral
presbycusis presbyopia presbyterate prescribed presyncope presyncopal preterm pretibial prevertebral priapism primigravida
prn probiotic probiotics procalcitonin proctitis proctocolectomy prodromal prodrome progesterone progestin prognostic
prolactin prolactinoma prolapse prolapsed pronation pronator prone prophylactic prophylactically prophylaxis proprioception
proptosis prostate prostatectomy prostatic prostatism prostatitis prostheses prosthesis prosthetic proteinuria proteinuric
prothrombin proximal proximally pruritic pruritus pseudogout pseudomembranous pseudomonas pseudoseizures psoas psoriasis
psoriatic psych psychiatric psychiatrist psychiatry psychogenic psychomotor psychopathology psychopharmacology psychosis
psychosocial psychosomatic psychotherapist psychotherapy psychotic psychotropic pterygium ptosis puberty pubic pubis
pudendal puerperal puerperium pulmonary pulmonic pulmonologist pulmonology pulsatile pulsatility pulseless punctate puncture
pupil pupillary pupils purines purpura purpuric purulence purulent pus pustular pustule pustules putamen pyelogram
pyelonephritis pyloric pylorus pyogenic pyrexia pyuria quadrant quadrants quadriceps quadriparesis quadriplegia
quadriplegic quantitative rabies radial radially radiate radiated radiates radiation radical radicular radiculopathy
radiculitis radiograph radiographic radiographically radiographs radioiodine radiologic radiologist radiology radiolucent
radionuclide radiopaque radiotherapy radius rales ramus raphe rash rashes reabsorption readmission readmitted reanastomosis
rebleed recanalization recta rectal rectocele rectosigmoid rectum rectus recumbent reflex reflexes reflux refractory
regurgitant regurgitation rehab rehydration reinfarction relapse relapsing renal reperfusion repolarization resect resected
resectable resection resections respirations respirator respiratory resuscitate resuscitated resuscitation resuscitative
retching reticular reticulocyte reticulocytes retina retinal retinitis retinopathy retinoblastoma retracted retractions
retroareolar retrocalcaneal retrocardiac retroflexed retrograde retroperitoneal retroperitoneum retropharyngeal
retrosternal retroverted retroversion retrovirus revascularization rhabdomyolysis rheumatic rheumatoid rheumatologic
rheumatologist rheumatology rhinitis rhinoplasty rhinorrhea rhinosinusitis rhonchi rhonchorous rhythm rhythms rosacea
rotator rotavirus rubella rubeola rugae rupture ruptured sacral sacroiliac sacroiliitis sacrum sagittal saline saliva
salivary salivation salmonella salpingectomy salpingitis salpingo saphenous sarcoid sarcoidosis sarcoma sarcomatoid scabies
scalene scaphoid scapula scapulae scapular schizoaffective schizoid schizophrenia schizophrenic sciatic sciatica sclera
sclerae scleral scleroderma sclerosing sclerosis sclerotherapy sclerotic scoliosis scoliotic scotoma scrotal scrotum
sebaceous seborrhea seborrheic sebum sedated sedation sedative sedatives seizure seizures sella sellar semen seminal
seminoma sensorimotor sensorineural sensorium sensory sentinel sepsis septal septic septicemia septum sequela sequelae
sequestration sequestrum serial seroma serologic serologies serology seronegative seropositive serosa serosal serosanguineous
serosanguinous serotonin serous serratia serum sessile shigella shingles shunt sialadenitis sicca sickle sigmoid
sigmoidoscopy silhouette sinoatrial sinus sinuses sinusitis sinusoidal smear sobriety soleus soma somatic somatization
somatoform somnolence somnolent spasm spasms spastic spasticity specimens speculum sphenoid sphenoidal spherocytosis
sphincter sphincterotomy sphincters spina spinal spinous spiral spirometry splanchnic spleen splenectomy splenic
splenomegaly splint splinted splinting spondylitis spondylolisthesis spondylolysis spondylosis spondylotic sporadic sputum
squamous stapes staph staphylococcal staphylococci staphylococcus stasis statin statins steatohepatitis steatorrhea
steatosis stenosed stenoses stenosis stenotic stent stented stenting stents stereotactic sterile sternal sternoclavicular
sternocleidomastoid sternotomy sternum steroid steroids stethoscope stigmata stillbirth stimulant stoma stomal stomatitis
stomach stool stooling stools strabismus straightforward strep streptococcal streptococci streptococcus striae striatum
stricture strictures stridor stridorous stroke strokes stroma stromal stupor stye styloid subacromial subacute
subacutely subarachnoid subarachnoidal subareolar subchondral subclavian subclinical subconjunctival subcostal subcortical
subcutaneous subcutaneously subcuticular subdeltoid subdural subglottic subjective subjectively sublingual sublingually
subluxation subluxed submandibular submental submucosal subscapularis subsegmental substernal substernal subtalar
subtherapeutic subtotal subtrochanteric subungual suctioned suctioning suicidal suicidality sulci sulcus superficial
superimposed superinfection superior superolateral supination supinator supine supple suppository suppurative
supraclavicular supraglottic suprapatellar suprapubic suprarenal supraspinatus suprasternal supratentorial
supraventricular sural surfactant surgical surgically surveillance susceptibilities suture sutured sutures suturing
symphysis symptomatic symptomatically symptomatology synapse synchronous syncopal syncope syndactyly syndrome syndromes
synechiae synovial synovitis synovium syphilis syringe syringes syrinx systemic systemically systole systolic tachyarrhythmia
tachycardia tachycardic tachypnea tachypneic talar talus tamponade tarsal tarsus tactile telangiectasia telangiectasias
telehealth telemedicine telemetry temporal temporalis temporomandibular tender tenderness tendinitis tendinopathy
tendinosis tendon tendonitis tendons tenesmus tenosynovitis tension teratogenic teratoma testes testicle testicles
testicular testis testosterone tetanus tetany tetralogy thalamic thalamus thalassemia thecal thenar therapeutic
therapeutically thoracentesis thoracic thoracolumbar thoracoscopic thoracostomy thoracotomy thorax thrill thrombectomy
thrombi thrombin thrombocytopenia thrombocytopenic thrombocytosis thromboembolic thromboembolism thrombolysis thrombolytic
thrombophilia thrombophlebitis thromboplastin thrombosed thrombosis thrombotic thrombus thrush thymectomy thymic thymoma
thymus thyroglobulin thyroid thyroidectomy thyroiditis thyromegaly thyrotoxicosis thyroxine tibia tibial tibialis tic
tics tinea tinnitus titer titers titrate titrated titrating titration tocolysis tocolytic tomography tongue tonic tonsil
tonsillar tonsillectomy tonsillitis tonsils tophaceous tophi tophus topical topically torsion torticollis torus tortuous
toxemia toxicology toxin toxins toxoplasmosis trabecular trabeculae trachea tracheal tracheitis tracheobronchial tracheostomy
trachoma tragus transaminase transaminases transaminitis transabdominal transbronchial transcatheter transcranial
transcutaneous transdermal transesophageal transfuse transfused transfusion transfusions transient transiently
transitional translucency transluminal transmural transplant transplantation transplanted transsphenoidal transthoracic
transudate transudative transurethral transvaginal transvenous trapezius trapezoid trauma traumatic tremor tremors
tremulous tremulousness triage triaged triceps trichomonas trichomoniasis tricuspid tricyclic trifascicular trigeminal
trigeminy triglyceride triglycerides trimester triquetrum trismus trisomy trochanter trochanteric trochlear
troponin troponins truncal tubal tube tubercle tubercular tuberculin tuberculosis tuberosity tubular tubule tubulointerstitial
tumor tumors tunica turbid turbinate turbinates turgor tympanic tympanometry tympanostomy typhoid typhus ulcer ulcerated
ulceration ulcerations ulcerative ulcers ulna ulnar ultrasonic ultrasonographic ultrasonography ultrasound ultrasounds
umbilical umbilicus unasyn unconscious unconsciousness ungual unicompartmental unilateral unilaterally unremarkable
unresectable unresponsive unresponsiveness unstageable uptake urate urea uremia uremic ureter ureteral ureteric ureters
ureteroscopy urethra urethral urethritis urgency uric urinalysis urinary urinate urinated urinating urination urine
urologic urologist urology uropathy urosepsis urticaria urticarial uterine uterus uveitis uvula uvular vaccinated
vaccination vaccinations vaccine vaccines vacuolated vagal vagina vaginal vaginally vaginitis vaginosis vagus valgus
valve valves valvular valvuloplasty variceal varicella varices varicocele varicose varicosities varicosity varus vas
vascular vascularity vasculature vasculitic vasculitis vasectomy vasoconstriction vasoconstrictor vasodilation vasodilator
vasogenic vasopressin vasopressor vasopressors vasospasm vasospastic vasovagal vastus vegetations vein veins vena venous
ventilated ventilation ventilator ventilatory ventral ventricle ventricles ventricular ventriculitis ventriculomegaly
ventriculoperitoneal ventriculostomy venule verruca verrucae verrucous vertebra vertebrae vertebral vertebrobasilar
vertebroplasty vertex vertiginous vertigo vesical vesicle vesicles vesicoureteral vesicular vestibular vestibule viable
viral viremia viridans virilization virus viruses viscera visceral viscid visual vitals vitamin vitamins vitiligo vitrectomy
vitreous volar volvulus vomit vomited vomiting vulva vulvar vulvovaginal vulvovaginitis wart warts wean weaned weaning
weightbearing wheelchair wheeze wheezes wheezing whiplash whitecount xanthelasma xanthoma xerosis xerostomia xiphoid zoster
zygoma zygomatic zygote acetaminophen anemia anemias anemic anesthesia anesthesiologist anesthesiology anesthetic
anesthetist anesthetized antecedent antepartum anthrax antral biomarker biomarkers biventricular bmi botulinum
cardiologist cardiologists cardioembolic chlamydia chlamydial cholinergic clostridium coli coliform covid cryoglobulin
cultured dermatologist dermatologic dieresis dietitian diphtheria dysregulation ebola electrophoresis electrophysiology
endoscope enterovirus eosin epigenetic escherichia fentanyl fluticasone gastroenterologist genomic genotype gerd geriatric
geriatrician geriatrics haemophilus hantavirus hospice hospitalist hospitalists hydroxy immunization immunizations
immunized immunologist intraepithelial ketosis legionella leptospirosis listless lyme methicillin microbiology microscopic
microscopy moraxella morphology narcotic narcotics neisseria neonatologist neonatology nephrotoxic norovirus orthotopic
pap paramedic paramedics parvovirus pasteurella phenylketonuria phlebotomist pinworm plasmodium pneumoniae proteus
psychologist psychological psychology pyogenes rickettsia salmonellosis smallpox spirochete stapled staples
streptococcal tachy thyrotropin toxoplasma transferrin treponema trypanosoma ureaplasma virology yersinia zika aureus
albicans difficile faecalis pylori viridans epidermidis influenzae marcescens aeruginosa mirabilis gondii
apgar ballottement borborygmi brady capnography cardiogenic centor cryoprecipitate cyanocobalamin decompress dipstick
dorsally dressings ecg fluctuation gtt hyperpyrexia interdisciplinary lancet lancets midazolam nonadherent normal
normocephalic atraumatic normothermic nourished nutrition orders organisms parameters perrla perrl plan presenting
psychoactive rhonchus rigors sats sclerae serial sob supplemental telemetry tele ultrasonographer unintentional vague
wnl workup workups followup checkup hcg pt pts hx dx rx tx sx fx cx bx px yo y.o bid tid qid qhs qam qpm qd qod po npo pr
sl im iv subq subcut sq prn ac pc hs stat ad lib gtts tab tabs cap caps susp supp soln inj amp mg mcg ml meq mmol mmhg kg
lbs cm mm hrs hr min mins sec secs wk wks mo mos yr yrs approx appt appts meds med dept hosp pcp neuro cardio gyn ob
onc ortho peds pulm rheum endo derm heme gi gu ent er icu`

/**
 * Abbreviations and signs of clinical notes as they are written in capitals, written out for this project.
 */
export const CLINICAL_ABBREVIATIONS = `vin cl hco bicarb bili tbili dbili alb phos bilat sars cov mrsa mssa vre kerlix avf avl avr qtc stt st rsr prwp lvh ctab ntnd nabs
aaa aao ab abd abg abgs abi abx ac acb ace acei acl acls acs acth ad adhd adl adls afb afib afp aicd aids aka aki
al all alk alp als alt altered am ama ami aml amp ana anca ao aob aox aoxd ap apap aps ards arf arb arbs as asa asap asc ascvd
asd asis asl ast atm atn atnr atv atx av avf avm avn avnrt avr ba bal bbb bcc bcg bcr bid bka bkv bl ble blt bls bm bmi bmp bms
bmt bnp bone bp bpd bph bpm bpp brbpr bs bsa bsc bso bue bun bv bw bx ca cabg cad cal cap caps cbc cbd cbi cbt cc ccb ccu cdiff
cdc cea cf cfs cfu cga chd chf ci ciwa ck ckd ckmb cli cll cm cmc cml cmp cms cmv cn cnh cns co copd cpap cpk cpm cpr cpt cr
crcl cre crf crp crrt crt cs csa csf csm ct cta ctab cto ctr cts cv cva cvat cvc cvd cvp cvs cvvh cx cxr cyp da dash db dbp dbs
dc dcis ddavp ddd ddi ddx de dexa df dhea di dic dip djd dka dl dlco dm dmard dme dmi dmii dna dnar dni dnr do doa doac dob doe dp
dpi dpp dpt dre drg ds dsm dtap dtr dtrs dts dub dvt dx ea ebl ebv ecf ecg echo ecmo ecog ecp ect ed edd edta eeg ef egd egfr
ehr eia ekg elisa emg emr ems emt ent eob eom eomi ep epi epo er ercp esi esr esrd ess et etoh ett eua ev evd ext fa fap fb fbs
fdg fe fena fev ffp fh fhr fhx fi fim fio flacc flair fna fnd fob fobt fpg fr ft fu fuo fvc fx ga gad gaf gastro gb gbm gbs gca
gcs gd gdm ger gerd gest gfr ggt gh ghb gi gib git glp gm gn gnr gnrh gp gpa gpc gsw gtt gu gvhd gxt gyn ha haart hav hb hba hbc
hbeag hbig hbs hbsag hbv hc hcc hcg hco hct hctz hcv hd hdl hdu he heent hellp hem hep hepb hev hf hfpef hfref hg hgb hgh hhs hib
hida hip hit hiv hla hlh hnp ho hob hocm hoh hpf hpi hpv hr hrct hrqol hrt hs hsm hsp hsv ht hta htlv htn hud hus hv hx ia iabp ibd
ibs icd icf ich icp icr ics icu id idc idda iddm ifg ig iga igd ige igg igm ihd ii iii il ild im ima imrt imt in ina ind inh inr
io ioh iol iop ip ipf iq ir irb is isbar itb itp iu iucd iud iugr iui iv ivc ivda ivdu ivf ivig ivp ivpb jia jp jra jvd jvp kcl kg
kmn koh ku kub kvo lab lac lad lae laft lap lar lasik lavh lbbb lbp lbs ldh ldl lder le leep les lft lfts lft lh lhc lhrh li lima
lka lle llq llsb lmp lmwh ln loa loc loh lor los lp lpm lr ls lsb lsil ltac ltb ltbi ltc lue luq lv lvad lvedd lvef lvh lvot ma mac
mag mai maoi map mas mc mca mch mchc mcl mcp mct mcv md mdd mdi mdma mdr mdro mds meds men mets mfm mg mgd mi mib mic micu min mmr
mmse mno moca mom mon mr mra mrcp mri mrn mrs mrsa ms msa mse msk mssa mst mtp mtx mv mva mvc mvi mvp mvr na nabs nad naf nafl
nafld nash nb ncat ncs ncv neb ng ngt nicu nidda niddm nih nihss nio nippv nkda nka nl nms nms no nonstemi norm noss npi npo npv nqmi
nrb ns nsaid nsaids nsclc nse nsg nsgy nsr nst nstemi nsvd ntg nt ntnd nvd nyha oa ob obgyn ocd ocp ocps od og ogt ogtt om omfs ons
oob op opqrst or orif os osa ot otc ou pa pabx pac pacs pacu pad pah paf pan pap para pas pasp pat pb pbc pc pca pci pcl pcn pco pcos
pcp pcr pcv pcwp pd pda pdd pe peep peg pep per perc perrl perrla pet pfo pft pfts ph phi phn pi picc picu pid pih pip pjp pka pkd
pku pl plt pm pmd pme pmh pmhx pmi pmn pmr pms pn pna pnd pnh po pod poc poct pos post pp ppd ppe ppg pph ppi ppn ppv pr prbc prbcs
pre prn prom prp ps psa psc psg psh psv psvt psych pt pta ptca ptcl ptd pth ptsd ptt ptx pud pv pvc pvcs pvd pvp pvr pvs qa qam qd
qhs qid qns qod qol qpm qrs qt qtc qtl ra rad raf ras rbbb rbc rbcs rca rcc rcm rct rd rdw re rec rehab rem rf rfa rh rhc rhd rhf
ria rla rle rll rlq rls rml rmsf rn rna rnp roc rol rom ros rotc rpr rr rrr rs rsb rsd rsi rsv rt rta rtc rtpa rue rul ruq rv rvad
rvh rvr rvsp rx rxn sa saah sab sad sah sam sao sat sats sb sbe sbo sbp sbrt sbt sc scc scd scds sci scid sclc scm scr sdh sem sfa
sga sh shx si siadh sicu sids sirs sj sjs sl sle slp slr slrp sm smbg smi smv sn snf snri snt soap sob sofa sp spec spep spect spo
spt sq sr ss ssi ssri ssris ssss st stat std stds stemi sti stis strep sts su sub sv svc svd svg svr svt sx sz ta tab tabs taf tah tat
tavi tavr tb tbg tbi tbsa tbw tc tca tcc td tdap te tee tef tele tens tft tfts tg th tha thc thr ti tia tias tib tibc tid tips tiv
tka tkr tl tlc tlif tlso tm tmj tn tnf tnm toa toc tof tox tp tpa tpmt tpn tr trach tram tru trus ts tsh tss tt ttd tte ttg ttp
tue tur turbt turp tv tvus tx ua ub uc ud ugi ugib uibc ul uln up upep uppp uri us usg usoh uti utis uv va vac vad vap vas vats vcug vd
vdrl ve veg vf vfib vh via vlbw vldl vlp vna vod vol vq vre vs vsd vsr vss vt vtach vte vtec vtv vwd vzv wbat wbc wbcs wc wd wdwn
wf wic wm wn wnl wo wpw wt xr xrt xl xray yo zn
iv iii ii vi vii viii ix xi xii xiii xiv xv xvi bun cbc aox rle lle nsr cpt icd hcpcs loinc snomed ndc drg rxnorm ucum cvx fhir hl7
hipaa osha cms fda nih cdc who dea epic emtala medicare medicaid tricare hmo ppo faq pdf usb www http https html url pin atm sms gps tv
cd dvd ceo cfo cto hr asap fyi eta diy rsvp ps pm am ad bc bce ce utc gmt est edt cst cdt mst mdt pst pdt ok vip iban swift zip ssn
mrn dob poa hcp mpoa dpoa hpoa sw msw lcsw lpn cna crna np rn pac pharmd phd dds dmd dpm od dpt otr facp facs faap mph mba msn bsn
aprn cnm cnp cns ra rdn rrt rt emt md do lmft lpc psyd ma ba bs bsc msc jd mbbs frcp mrcp`
