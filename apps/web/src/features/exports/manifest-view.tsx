import { Tabs } from '@mantine/core'
import { getRouteApi } from '@tanstack/react-router'
import { type Column, DataTable } from '../../components/data-table.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { Facts } from '../../components/facts.tsx'
import { Panel } from '../../components/panel.tsx'
import { ShortId } from '../../components/short-id.tsx'
import { pathLabel, typePlural } from '../../lib/fhir/labels.ts'
import { countOf, formatBytes, formatCount, sentence, shortHash } from '../../lib/format.ts'
import { useUrlSort } from '../../lib/use-url-sort.ts'
import classes from './exports.module.css'
import { leftOutOf, type Manifest, policyText } from './manifest.ts'
import { treatmentText } from './treatment-words.ts'

type Category = Manifest['categories'][number]
type Field = Manifest['fields'][number]
type File = Manifest['files'][number]

const route = getRouteApi('/exports/$id')

const CATEGORY_COLUMNS: readonly Column<Category>[] = [
  {
    key: 'category',
    label: 'Identifier category',
    width: '24rem',
    always: true,
    sort: ({ letter }) => letter,
    cell: ({ letter, title }) => (
      <>
        <span className={classes.letter}>({letter})</span> {title}
      </>
    ),
  },
  { key: 'done', label: 'What was done', cell: ({ done }) => done },
  {
    key: 'fields',
    label: 'Fields',
    numeric: true,
    width: '6rem',
    sort: ({ fields }) => fields.length,
    cell: ({ fields }) => (
      <span title={fields.map(({ path }) => path).join('\n')}>{formatCount(fields.length)}</span>
    ),
  },
]

const numberColumn = (key: string, label: string, of: (field: Field) => number): Column<Field> => ({
  key,
  label,
  numeric: true,
  width: '6rem',
  sort: of,
  cell: (field) => formatCount(of(field)),
})

const FIELD_COLUMNS: readonly Column<Field>[] = [
  {
    key: 'path',
    label: 'Field',
    min: '14rem',
    always: true,
    sort: ({ path }) => pathLabel(path),
    cell: ({ path }) => <span title={path}>{pathLabel(path)}</span>,
  },
  {
    key: 'class',
    label: 'Class',
    width: '9rem',
    sort: (field) => field.class,
    cell: (field) => sentence(field.class),
  },
  {
    key: 'category',
    label: 'Category',
    width: '7rem',
    sort: ({ category }) => (category === 'none' ? null : category),
    cell: ({ category }) => (category === 'none' ? 'None' : category),
  },
  {
    key: 'treatment',
    label: 'Treatment',
    width: '11rem',
    sort: ({ treatment }) => treatmentText(treatment),
    cell: ({ treatment }) => treatmentText(treatment),
  },
  numberColumn('kept', 'Kept', ({ kept }) => kept),
  numberColumn('grouped', 'Grouped', ({ grouped }) => grouped),
  numberColumn('gone', 'Left out', ({ suppressed }) => suppressed),
]

const FILE_COLUMNS: readonly Column<File>[] = [
  { key: 'name', label: 'File', always: true, sort: ({ name }) => name, cell: ({ name }) => name },
  {
    key: 'bytes',
    label: 'Size',
    numeric: true,
    width: '8rem',
    sort: ({ bytes }) => bytes,
    cell: ({ bytes }) => formatBytes(bytes),
  },
  {
    key: 'hash',
    label: 'SHA-256',
    cell: ({ sha256 }) => <ShortId id={sha256} of="hash" text={shortHash(sha256)} />,
  },
]

/** What was released, by which rules, and what became of every field. */
export const ManifestView = ({ manifest }: { manifest: Manifest }) => {
  const { tab = 'categories' } = route.useSearch()
  const navigate = route.useNavigate()
  const sort = useUrlSort()
  return (
    <>
      <Panel title="Manifest">
        <Facts
          columns={2}
          items={[
            ['Basis', manifest.basis],
            ['Patients', formatCount(manifest.patients)],
            [
              'Records',
              Object.entries(manifest.counts)
                .map(([type, count]) => `${typePlural(type)} ${formatCount(count)}`)
                .join(', '),
            ],
            ['Left out', leftOutOf(manifest) ?? 'Not said in this manifest'],
            ['Ages over 89', `grouped as “${manifest.rules.ageGroup}”`],
            [
              'ZIP areas',
              `three digits where more than ${formatCount(manifest.rules.zip3.threshold)} people live, else 000 (${manifest.rules.zip3.source})`,
            ],
            ['Not in the catalog', `${countOf(manifest.unnamedFieldsDropped, 'value')} left out`],
            ['Policy', policyText(manifest.policyVersion)],
          ]}
        />
      </Panel>
      <Tabs
        value={tab}
        onChange={(value) =>
          void navigate({
            search: value === 'fields' || value === 'files' ? { tab: value } : {},
            replace: true,
            resetScroll: false,
          })
        }
        keepMounted={false}
      >
        <Tabs.List>
          <Tabs.Tab value="categories">The 18 categories</Tabs.Tab>
          <Tabs.Tab value="fields">Every field</Tabs.Tab>
          <Tabs.Tab value="files">Files</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="categories" pt="md">
          <Panel flush>
            <DataTable
              id="manifest-categories"
              sort={sort}
              caption="Identifier categories of 45 CFR 164.514(b)(2)(i)"
              columns={CATEGORY_COLUMNS}
              rows={manifest.categories}
              rowKey={({ letter }) => letter}
              empty={<EmptyState title="The manifest lists no categories" />}
            />
          </Panel>
        </Tabs.Panel>
        <Tabs.Panel value="fields" pt="md">
          <Panel flush>
            <DataTable
              id="manifest-fields"
              sort={sort}
              caption="What was done to every field"
              columns={FIELD_COLUMNS}
              rows={manifest.fields}
              rowKey={({ path }) => path}
              empty={<EmptyState title="The manifest lists no fields" />}
            />
          </Panel>
        </Tabs.Panel>
        <Tabs.Panel value="files" pt="md">
          <Panel flush>
            <DataTable
              id="manifest-files"
              sort={sort}
              caption="Files of the release"
              columns={FILE_COLUMNS}
              rows={manifest.files}
              rowKey={({ name }) => name}
              empty={<EmptyState title="The manifest lists no files" />}
            />
          </Panel>
        </Tabs.Panel>
      </Tabs>
    </>
  )
}
