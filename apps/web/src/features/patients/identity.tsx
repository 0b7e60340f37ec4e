import { Facts } from '../../components/facts.tsx'
import { FieldValue } from '../../components/fhir/field-value.tsx'
import { Panel } from '../../components/panel.tsx'
import { fieldsOf } from '../../lib/fhir/catalog-fields.ts'
import { fieldLabel } from '../../lib/fhir/labels.ts'
import { namedValue } from '../../lib/fhir/names.ts'
import { useNamesHidden } from '../../lib/hide-names.ts'
import type { Outputs } from '../../lib/trpc.ts'
import classes from './patients.module.css'
import { restFacts } from './record-facts.tsx'

const SECTIONS: readonly (readonly [fieldClass: string, title: string])[] = [
  ['identity', 'Identity'],
  ['contact', 'Contact'],
  ['clinical', 'Clinical'],
  ['billing', 'Billing'],
  ['narrative', 'Narrative'],
]

/** Of use to software alone. */
const LEFT_OUT: ReadonlySet<string> = new Set(['id', 'meta', 'text'])

/** The patient's own fields by class. What the person's roles don't grant at all is not listed. */
export const Identity = ({
  values,
  names,
  rest,
}: Pick<Outputs['patients']['get'], 'values' | 'names' | 'rest'>) => {
  const own = rest !== null
  const more = restFacts(rest)
  const hidden = useNamesHidden()
  if (hidden)
    return (
      <Panel title="Identity and contact">
        <p className={classes.order}>Hidden with the names, because others can see this screen.</p>
      </Panel>
    )
  const fields = fieldsOf('Patient').filter(({ name }) => values[name] !== undefined && !LEFT_OUT.has(name))
  return (
    <div className={classes.stack}>
      {SECTIONS.map(([fieldClass, title]) => {
        const shown = fields.filter((field) => field.fieldClass === fieldClass)
        return shown.length === 0 ? null : (
          <Panel key={fieldClass} title={title}>
            <Facts
              columns={2}
              items={shown.map(({ name, type }) => [
                fieldLabel(name),
                <FieldValue
                  key={name}
                  type={type}
                  value={namedValue({ type: 'Patient', values, names }, name)}
                  all
                />,
              ])}
            />
          </Panel>
        )
      })}
      {more.length === 0 ? null : (
        <Panel title="Also sent">
          <Facts columns={2} items={more} />
        </Panel>
      )}
      {own ? null : (
        <p className={classes.quiet}>
          Fields that your roles don’t show at all are not listed. Masked ones are marked.
        </p>
      )}
    </div>
  )
}
