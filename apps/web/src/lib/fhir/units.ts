/**
 * UCUM in people's words. Symbols are the print symbols of UCUM's own tables (https://ucum.org/ucum, version
 * 2.2, section 4 and ucum-essence.xml), but where a reader in the United States writes something else: IU for
 * i.U., yr, tbsp, fl oz. A unit with one atom that is not here stands as it was sent.
 */
const words = (text: string): readonly string[] => text.split(/\s+/).filter(Boolean)
const pairs = (text: string): readonly (readonly [string, string])[] =>
  words(text).map((pair) => {
    const at = pair.indexOf('=')
    return at < 1 ? [pair, pair] : [pair.slice(0, at), pair.slice(at + 1).replaceAll('_', ' ')]
  })

/** Atoms that take a prefix. */
const METRIC: ReadonlyMap<string, string> = new Map(
  pairs(`g m s L l mol cd K Pa J W A V F Ohm=Ω S T Hz N C eq osm U [iU]=IU [IU]=IU kat Cel=°C bar cal Bq Gy Sv Ci R B
    m[Hg]=mHg m[H2O]=mH₂O [arb'U]=arb_U t eV st lm lx Wb H [CFU]=CFU [PFU]=PFU [Amb'a'1'U]=Amb_a_1_U [mol_br]=mol`),
)

/** Atoms that take none. */
const PLAIN: ReadonlyMap<string, string> = new Map(
  pairs(`min h d wk mo a=yr a_j=yr a_t=yr a_g=yr mo_j=mo mo_s=mo mo_g=mo % deg=° [pH]=pH [degF]=°F [degRe]=°Ré
    [lb_av]=lb [oz_av]=oz [gr]=gr [ston_av]=ton [stone_av]=st [in_i]=in [in_us]=in [ft_i]=ft [yd_i]=yd [mi_i]=mi [sin_i]=in² [sft_i]=ft²
    [cin_i]=in³ [cft_i]=ft³ [cup_us]=cup [foz_us]=fl_oz [tsp_us]=tsp [tbs_us]=tbsp [pt_us]=pt [qt_us]=qt [gal_us]=gal
    [drp]=drops [ppm]=ppm [ppb]=ppb [pptr]=ppt [ppth]=‰ [HPF]=HPF [hpf]=HPF [LPF]=LPF [lpf]=LPF [diop]=dpt
    [Cal]=Cal [psi]=psi [Ch]=Fr [MET]=MET [EID_50]=EID₅₀ [TCID_50]=TCID₅₀ [bdsk'U]=Bodansky_U [ka'U]=King–Armstrong_U
    [knk'U]=Kunkel_U [mclg'U]=Mac_Lagan_U [todd'U]=Todd_U [GPL'U]=GPL [MPL'U]=MPL [APL'U]=APL [USP'U]=USP_U
    [Lf]=Lf [anti'Xa'U]=anti-Xa_U atm 10 12 24 48 100 1000`),
)

/** https://ucum.org/ucum#section-Prefixes */
const PREFIXES: readonly (readonly [string, string])[] = pairs('da Y Z E P T G M k h d c m u=µ n p f a z y')

const SUPERSCRIPTS: Readonly<Record<string, string>> = Object.fromEntries(
  [...'0123456789-'].map((char, at) => [char, '⁰¹²³⁴⁵⁶⁷⁸⁹⁻'.charAt(at)]),
)
const raised = (power: string): string =>
  [...power.replace('+', '')].map((char) => SUPERSCRIPTS[char] ?? '').join('')

/** Annotations that say what kind of number it is, which the name of the measurement has said already. */
const KINDS = new Set(words('score ratio index number # count'))

/** `1.73_m2` is an area. */
const annotationWords = (text: string): string =>
  KINDS.has(text.toLowerCase())
    ? ''
    : text
        .replace(/_([a-z]{1,3})([23])$/, (_, atom, power) => `_${atom}${raised(power)}`)
        .replaceAll('_', ' ')

const atomText = (atom: string): string | null => {
  const own = METRIC.get(atom) ?? PLAIN.get(atom)
  if (own !== undefined) return own
  for (const [prefix, shown] of PREFIXES) {
    const bare = atom.startsWith(prefix) ? METRIC.get(atom.slice(prefix.length)) : undefined
    if (bare !== undefined) return `${shown}${bare}`
  }
  return null
}

const symbolText = (symbol: string): string | null => {
  if (symbol === '1') return ''
  const ten = /^10[*^]([+-]?\d{1,2})$/.exec(symbol)?.[1]
  if (ten !== undefined) return `×10${raised(ten)}`
  const whole = atomText(symbol)
  if (whole !== null) return whole
  const [, atom, power] = /^(.*[^\d+-])([+-]?\d)$/.exec(symbol) ?? []
  const base = atom === undefined ? null : atomText(atom)
  return base === null || power === undefined ? null : `${base}${raised(power)}`
}

/**
 * One factor and its annotation: `m2`, `10*3`, `{1.73_m2}`, `mmol{creat}`; null for one that is not known.
 */
const factorText = (factor: string): string | null => {
  const [, symbol = '', annotation] = /^([^{}]*)(?:\{([^{}]*)\})?$/.exec(factor) ?? [factor, factor]
  if (annotation === undefined) return symbol === '' ? null : symbolText(symbol)
  const words = annotationWords(annotation)
  if (symbol === '') return words
  const shown = symbolText(symbol)
  return shown === null ? null : `${shown}${shown === '' || words === '' ? '' : ' '}${words}`
}

/**
 * A UCUM unit as people write it: "µg/L", "×10³/µL", "mL/min/1.73 m²", "°C", "" for the unit 1; null for what
 * is no unit that is known here.
 */
export const ucumText = (unit: string): string | null => {
  if (unit.length > 80) return null
  const isOver = unit.startsWith('/')
  // Operators stand outside braces and brackets.
  const parts = (isOver ? unit.slice(1) : unit).split(/([./])(?![^{]*\})(?![^[]*\])/)
  let text = isOver ? '/' : ''
  for (const [at, part] of parts.entries()) {
    if (at % 2 === 1) text += part === '.' ? '·' : '/'
    else {
      const shown = factorText(part)
      if (shown === null) return null
      text += shown
    }
  }
  return text.replace(/\/$/, '').replace(/^·/, '')
}

/** LOINC codes of rates that are counted in something: https://loinc.org */
const COUNTED: ReadonlyMap<string, string> = new Map([
  ...words('8867-4 8889-8 8890-6 8893-0 40443-4 68999-2 76282-3').map((code) => [code, 'beats/min'] as const),
  ...words('9279-1 76170-0 76171-8').map((code) => [code, 'breaths/min'] as const),
])

const PER_MINUTE = new Set(['/min', '1/min', '{beats}/min', '{Beats}/min', '{breaths}/min', '{Breaths}/min'])

/**
 * The unit to show beside a number, with the LOINC code of what was measured where it is known. `unit` is
 * what the source shows to its own readers, so it goes before the code, and stays as it was sent unless it is
 * UCUM itself.
 */
export const unitText = (
  unit: string | null,
  code: string | null,
  loinc: string | null = null,
): string | null => {
  const written = unit ?? code
  if (written === null) return null
  const counted = loinc === null ? undefined : COUNTED.get(loinc)
  if (counted !== undefined && PER_MINUTE.has(written)) return counted
  return ucumText(written) ?? written
}
