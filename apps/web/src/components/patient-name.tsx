import { Button } from '@mantine/core'
import { IconEye, IconEyeOff } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { identifierText } from '../lib/fhir/text.ts'
import { hideNames, useNamesHidden } from '../lib/hide-names.ts'
import { isMasked } from '../lib/masked.ts'
import { FieldValue } from './fhir/field-value.tsx'

type Values = Readonly<Record<string, unknown>>

/** As many of a number's last signs as tell patients of one list apart. */
const SHOWN = 4

/** "…5053": the end of an MRN; null where it is masked or there is none. */
export const mrnEnd = (mrn: unknown): string | null => {
  const text = mrn === undefined || isMasked(mrn) ? null : identifierText(mrn)
  return text === null ? null : `…${text.replaceAll(/\s+/g, '').slice(-SHOWN)}`
}

/** A patient without the name: "Patient …5053". */
export const hiddenName = ({ mrn }: Values): string => ['Patient', mrnEnd(mrn)].filter(Boolean).join(' ')

interface Props {
  values: Values
  absent: ReactNode
}

/** A patient's name, or where names are hidden on this screen, the end of their MRN. */
export const PatientName = ({ values, absent }: Props) =>
  useNamesHidden() ? (
    hiddenName(values)
  ) : (
    <FieldValue type="HumanName[]" value={values.name} absent={absent} />
  )

/** An MRN, and where names are hidden its end alone. */
export const Mrn = ({ values, absent }: Props) => {
  const hidden = useNamesHidden()
  const end = hidden ? mrnEnd(values.mrn) : null
  return end ?? <FieldValue type="Identifier[]" value={values.mrn} absent={absent} />
}

/** The switch for screens that others can see. */
export const NamesSwitch = () => {
  const hidden = useNamesHidden()
  const Icon = hidden ? IconEye : IconEyeOff
  return (
    <Button
      size="xs"
      variant="default"
      leftSection={<Icon size={14} aria-hidden="true" />}
      onClick={() => hideNames(!hidden)}
    >
      {hidden ? 'Show names' : 'Hide names'}
    </Button>
  )
}
