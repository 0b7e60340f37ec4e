import type { KeyLine } from '@chartward/contract'
import { Button, Skeleton } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useCallback, useMemo, useState } from 'react'
import { type Column, DataTable } from '../../components/data-table.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { KEY_TITLES } from '../../components/key-titles.ts'
import { PageHeader } from '../../components/page-header.tsx'
import { Panel } from '../../components/panel.tsx'
import { StatusTag } from '../../components/status-tag.tsx'
import { When } from '../../components/when.tsx'
import { formatCount } from '../../lib/format.ts'
import { useCan } from '../../lib/session/session.ts'
import { trpc } from '../../lib/trpc.ts'
import classes from './keys.module.css'
import { ProviderSection } from './provider-section.tsx'
import { RotateDialog } from './rotate-dialog.tsx'
import { RotationHistory } from './rotation-history.tsx'
import { RotationProgress } from './rotation-progress.tsx'
import { SearchSection } from './search-section.tsx'
import { useKeys } from './use-keys.ts'
import { VersionsTable } from './versions-table.tsx'
import { clockWords, KEY_WORDS } from './words.ts'

const NAMED: readonly Column<KeyLine>[] = [
  {
    key: 'purpose',
    label: 'Key',
    min: '14rem',
    always: true,
    sort: ({ purpose }) => KEY_TITLES[purpose],
    cell: ({ purpose }) => (
      <>
        <span className={classes.name}>{KEY_TITLES[purpose]}</span>
        <p className={classes.quiet}>{KEY_WORDS[purpose].keeps}</p>
      </>
    ),
  },
  {
    key: 'clock',
    label: 'Clock',
    width: '9rem',
    cell: (line) => {
      const { label, tone } = clockWords(line)
      return <StatusTag tone={tone}>{label}</StatusTag>
    },
  },
  {
    key: 'force',
    label: 'In force',
    width: '9rem',
    cell: ({ purpose, versions, counts }) => {
      if (purpose === 'patients') return `${formatCount(counts.primary ?? 0)} keys`
      const version = versions.find(({ state }) => state === 'primary')
      return version === undefined ? (
        'None'
      ) : (
        <>
          Version {version.version}, <When at={version.since} />
        </>
      )
    },
  },
  {
    key: 'due',
    label: 'Rotates by itself',
    width: '9rem',
    sort: ({ dueAt }) => dueAt ?? '',
    cell: ({ dueAt }) => <When at={dueAt} absent="—" />,
  },
  {
    key: 'rows',
    label: 'Made with it',
    width: '8rem',
    numeric: true,
    cell: ({ versions }) => {
      const rows = versions.find(({ state }) => state === 'primary')?.rows ?? null
      return rows === null ? '—' : formatCount(rows)
    },
  },
]

/**
 * Every key: how old, what for, what is made with it; and rotations, those that go on and those that have
 * ended.
 */
export const KeysPage = () => {
  const query = useKeys()
  const mayRotate = useCan()('system:key:rotate')
  const [rotating, setRotating] = useState<KeyLine | null>(null)
  const moving = (query.data?.items ?? []).flatMap(({ rotation }) => rotation ?? [])
  const columns = useMemo(
    (): readonly Column<KeyLine>[] =>
      mayRotate
        ? [
            ...NAMED,
            {
              key: 'act',
              label: 'Act',
              width: '7rem',
              cell: (line) =>
                line.rotation === null ? (
                  <Button
                    size="compact-xs"
                    variant="default"
                    aria-label={`Rotate: ${KEY_TITLES[line.purpose]}`}
                    onClick={() => setRotating(line)}
                  >
                    Rotate
                  </Button>
                ) : null,
            },
          ]
        : NAMED,
    [mayRotate],
  )
  const { days = 90, patientDays = 365 } = query.data ?? {}
  // All at once: what comes later would push down what stands under it.
  const history = useQuery({ ...trpc.keys.history.queryOptions({}), staleTime: 0 })
  const provider = useQuery(trpc.keys.provider.queryOptions({}))
  const search = useQuery(trpc.keys.search.queryOptions())
  const waits = [query, history, provider, search].some(
    ({ data, error }) => data === undefined && error === null,
  )
  return (
    <>
      <PageHeader
        title="Keys"
        windowTitle="Keys"
        lead={`Each key is rotated by itself after ${days} days in force, a patient’s own after ${patientDays}. Nobody notices: what was made with an earlier key opens until it is made anew.`}
      />
      {waits ? <Skeleton height={1200} /> : null}
      <div className={classes.stack} hidden={waits}>
        {moving.length === 0 ? null : (
          <Panel title="Rotating now">
            <ul className={classes.list}>
              {moving.map((rotation) => (
                <RotationProgress key={rotation.id} rotation={rotation} />
              ))}
            </ul>
          </Panel>
        )}
        <Panel title="Keys in force" flush>
          <DataTable
            id="keys"
            caption="Keys by what they are for"
            columns={columns}
            rows={query.data?.items}
            rowKey={useCallback(({ purpose }: KeyLine) => purpose, [])}
            query={query}
            empty={<EmptyState title="No keys" />}
          />
        </Panel>
        <ProviderSection />
        <VersionsTable lines={query.data?.items} query={query} />
        <RotationHistory query={history} />
        <SearchSection />
      </div>
      {rotating === null ? null : <RotateDialog line={rotating} onClose={() => setRotating(null)} />}
    </>
  )
}
