import type { ReactNode } from 'react'
import { fhirDate, fhirPeriod } from '../../lib/fhir/dates.ts'
import { objectsIn, textOf } from '../../lib/fhir/json.ts'
import { numberText } from '../../lib/fhir/numbers.ts'
import { componentText } from '../../lib/fhir/observed.ts'
import {
  addressesTexts,
  addressText,
  conceptCode,
  conceptText,
  extensionText,
  identifierText,
  moneyText,
  namesTexts,
  nameText,
  narrativeText,
  quantityText,
  referenceText,
  telecomText,
} from '../../lib/fhir/text.ts'
import { sentence } from '../../lib/format.ts'
import { isMasked } from '../../lib/masked.ts'
import { Masked } from '../masked.tsx'
import { Attachment } from './attachment.tsx'
import classes from './fhir.module.css'
import { Structure } from './structure.tsx'

interface Props {
  /** The catalog's datatype of the field. */
  type: string
  value: unknown
  /** Former names and addresses too, and not the one in force alone. */
  all?: boolean
  /** The code of what was measured: it says what a rate counts. */
  about?: unknown
  /** What to show where there is no value at all. */
  absent?: ReactNode
}

/** One field's value by its datatype: masked, missing and present look different from each other. */
export const FieldValue = ({
  type,
  value,
  all = false,
  about,
  absent = <span className={classes.absent}>Not recorded</span>,
}: Props) => {
  if (value === undefined || value === null) return absent
  if (isMasked(value)) return <Masked value={value} />
  return (all ? renderAll(type, value) : null) ?? render(type, value, about) ?? <Structure value={value} />
}

const ALL: Readonly<Record<string, (value: unknown) => readonly string[]>> = {
  'HumanName[]': namesTexts,
  'Address[]': addressesTexts,
}

/** A line for each of several; null where there is but one. */
const renderAll = (type: string, value: unknown): ReactNode => {
  const texts = ALL[type]?.(value) ?? []
  return texts.length < 2 ? null : texts.map((text) => <div key={text}>{text}</div>)
}

const render = (type: string, value: unknown, about: unknown): ReactNode => {
  switch (type) {
    case 'HumanName[]':
      return nameText(value)
    case 'Address[]':
    case 'Address':
      return addressText(value)
    case 'ContactPoint[]':
      return telecomText(value)
    case 'Identifier[]':
      return identifierText(value)
    case 'CodeableConcept':
    case 'CodeableConcept[]':
    case 'Coding':
      return <Concept value={value} />
    case 'code':
      return code(value)
    case 'date':
    case 'dateTime':
      return fhirDate(value)
    case 'Period':
      return fhirPeriod(value)
    case 'Quantity':
      return quantityText(value, about)
    case 'Money':
      return moneyText(value)
    case 'Reference':
    case 'Reference[]':
      return referenceText(value)
    case 'Component[]':
      return componentText(value)
    case 'boolean':
      return value === true ? 'Yes' : value === false ? 'No' : null
    case 'integer':
      return numberText(value)
    case 'string':
    case 'id':
      return textOf(value)
    case 'Narrative':
      return <Prose text={narrativeText(value)} />
    case 'Annotation[]':
      return <Annotations value={value} />
    case 'Attachment[]':
      return objectsIn(value).map((one, index) => (
        <Attachment key={`${index}-${textOf(one.title)}`} value={one} />
      ))
    default:
      return extensions(value)
  }
}

const code = (value: unknown) => {
  const text = textOf(value)
  return text === null ? null : sentence(text)
}

/** The words, with the code on hover. */
const Concept = ({ value }: { value: unknown }) => (
  <span title={conceptCode(value) ?? undefined}>{conceptText(value)}</span>
)

const Prose = ({ text }: { text: string | null }) =>
  text === null ? null : <p className={classes.prose}>{text}</p>

const Annotations = ({ value }: { value: unknown }) =>
  objectsIn(value).map((note) => (
    <blockquote key={`${textOf(note.time)}-${textOf(note.text)}`} className={classes.note}>
      <p className={classes.prose}>{textOf(note.text)}</p>
      <footer>
        {textOf(note.authorString)} {fhirDate(note.time)}
      </footer>
    </blockquote>
  ))

/** A list of extensions, such as race, in one line; null for any other structure. */
const extensions = (value: unknown): ReactNode => {
  const all = objectsIn(value)
  if (all.length === 0 || !all.every((one) => 'url' in one)) return null
  const texts = all.map(extensionText).filter((text) => text !== null)
  return texts.length === 0 ? null : texts.join(', ')
}
