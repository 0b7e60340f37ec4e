import { FIELD_PATHS, type FieldPath } from '@chartward/policy'
import { Select } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { AsOfField, momentOf } from '../../../components/as-of-field.tsx'
import { type Column, DataTable } from '../../../components/data-table.tsx'
import { Dialog } from '../../../components/dialog.tsx'
import { EmptyState } from '../../../components/empty-state.tsx'
import { Loaded } from '../../../components/loaded.tsx'
import { OpenButton } from '../../../components/open-button.tsx'
import { Panel } from '../../../components/panel.tsx'
import { StatusTag } from '../../../components/status-tag.tsx'
import { PolicyNote, relationshipWords, WhyAnswer } from '../../../components/why-answer.tsx'
import { pathLabel } from '../../../lib/fhir/labels.ts'
import { countOf, sentence } from '../../../lib/format.ts'
import { type Outputs, PHI, trpc } from '../../../lib/trpc.ts'
import classes from './who-can.module.css'

type Reader = Outputs['why']['readers']['readers'][number]

const START: FieldPath = 'Patient.name'
const LABELS = Map.groupBy(FIELD_PATHS, pathLabel)
/** What one label stands for several times is told apart by FHIR's name for it, in words. */
const FIELDS = FIELD_PATHS.map((path) => {
  const label = pathLabel(path)
  return {
    value: path,
    label:
      LABELS.get(label)?.length === 1
        ? label
        : `${label} (${sentence(path.slice(path.indexOf('.') + 1)).toLowerCase()})`,
  }
})

const GRANTS = {
  clear: { words: 'Clear', tone: 'good' },
  partly: { words: 'In part', tone: 'info' },
  masked: { words: 'Masked', tone: 'quiet' },
} as const

const columnsOf = (onPick: (person: Reader['person']) => void): readonly Column<Reader>[] => [
  {
    key: 'who',
    label: 'Who',
    min: '10rem',
    always: true,
    sort: ({ person }) => person.displayName,
    cell: ({ person }) => <OpenButton onClick={() => onPick(person)}>{person.displayName}</OpenButton>,
  },
  {
    key: 'grant',
    label: 'Sees it',
    width: '8rem',
    sort: ({ grant }) => grant,
    cell: ({ grant }) => <StatusTag tone={GRANTS[grant].tone}>{GRANTS[grant].words}</StatusTag>,
  },
  { key: 'role', label: 'By the role', width: '10rem', sort: ({ role }) => role, cell: ({ role }) => role },
  {
    key: 'why',
    label: 'Because of',
    min: '12rem',
    cell: ({ own, brokeGlass, relationship }) => {
      if (own) return 'Their own record'
      if (brokeGlass) return 'They have broken the glass'
      return relationship === null ? 'The role reaches every patient' : relationshipWords(relationship)
    },
  },
]

/** Who can see a field of this patient, and why each of them can: as the policy decides it. */
const WhoCan = ({ patientId }: { patientId: string }) => {
  const [field, setField] = useState<FieldPath>(START)
  const [day, setDay] = useState('')
  const [asked, setAsked] = useState<Reader['person'] | null>(null)
  const answer = useQuery({
    ...trpc.why.readers.queryOptions({ patientId, field, ...momentOf(day) }),
    ...PHI,
  })
  const glass = answer.data?.byBreakGlass ?? 0
  return (
    <Panel title="Who can see this" flush>
      <div className={classes.asked}>
        <Select
          label="Field"
          searchable
          limit={100}
          data={FIELDS}
          value={field}
          onChange={(value) => setField(FIELD_PATHS.find((path) => path === value) ?? START)}
        />
        <AsOfField value={day} onChange={setDay} />
      </div>
      {answer.data === undefined ? null : <PolicyNote policy={answer.data.policy} />}
      <DataTable
        caption="Who can see this field of this patient"
        columns={columnsOf(setAsked)}
        rows={answer.data?.readers}
        rowKey={({ person }) => person.id}
        query={answer}
        empty={<EmptyState title="Nobody can see this field of this patient" />}
      />
      <p className={classes.note}>
        {glass === 0
          ? 'Nobody else could see it by breaking the glass.'
          : `${countOf(glass, 'other person', 'other people')} could see it by breaking the glass, and only so.`}
      </p>
      <Dialog
        opened={asked !== null}
        onClose={() => setAsked(null)}
        title={`Why ${asked?.displayName ?? 'they'} can see this patient`}
      >
        {asked === null ? null : <WhyThem userId={asked.id} patientId={patientId} day={day} />}
      </Dialog>
    </Panel>
  )
}

/** By what somebody opens this patient's records. */
const WhyThem = ({ userId, patientId, day }: { userId: string; patientId: string; day: string }) => {
  const answer = useQuery({
    ...trpc.why.mayPatient.queryOptions({
      userId,
      patientId,
      permission: 'vault:patient:read',
      ...momentOf(day),
    }),
    ...PHI,
  })
  return (
    <Loaded answer={answer} height={240}>
      {(why: Outputs['why']['mayPatient']) => <WhyAnswer why={why} />}
    </Loaded>
  )
}

/** Comes beside the page. */
export default WhoCan
