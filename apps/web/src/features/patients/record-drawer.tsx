import { useQuery } from '@tanstack/react-query'
import { Drawer } from '../../components/drawer.tsx'
import { Facts } from '../../components/facts.tsx'
import { FieldValue } from '../../components/fhir/field-value.tsx'
import { Notice } from '../../components/notice.tsx'
import { ShortId } from '../../components/short-id.tsx'
import { fieldLabel, fieldsOf, typeLabel } from '../../lib/fhir/labels.ts'
import { PHI, trpc } from '../../lib/trpc.ts'
import type { RecordRow } from './record-columns.tsx'

interface Props {
  patientId: string
  id: string | null
  /** The record as the list holds it: opening it shows nothing new, so nothing is asked for. */
  loaded: RecordRow | undefined
  listed: boolean
  onClose: () => void
}

/** Everything of one record that the person's roles show. */
export const RecordDrawer = ({ patientId, id, loaded, listed, onClose }: Props) => {
  const { data, error, refetch } = useQuery({
    ...trpc.records.get.queryOptions({ patientId, id: id ?? '' }),
    ...PHI,
    enabled: id !== null && listed && loaded === undefined,
  })
  const record = loaded ?? data
  return (
    <Drawer
      opened={id !== null}
      onClose={onClose}
      title={record === undefined ? 'Record' : typeLabel(record.type)}
      close="Close the record"
      answer={{ data: record, error, refetch }}
      height={240}
    >
      {(shown) => <Fields record={shown} />}
    </Drawer>
  )
}

const Fields = ({ record }: { record: RecordRow }) => (
  <>
    {record.untrusted ? (
      <Notice tone="warn" title="From a source that is not marked trusted">
        It is shown, but makes no care relationship.
      </Notice>
    ) : null}
    <Facts
      items={[
        ...fieldsOf(record.type)
          .filter(({ name }) => record.values[name] !== undefined && name !== 'meta' && name !== 'id')
          .map(
            ({ name, type }) =>
              [
                fieldLabel(name),
                <FieldValue key={name} type={type} value={record.values[name]} about={record.values.code} />,
              ] as const,
          ),
        ['Version', String(record.version)],
        ['Record id', <ShortId key="id" id={record.id} of="record id" />],
      ]}
    />
  </>
)
