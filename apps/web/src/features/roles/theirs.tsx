import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Loaded } from '../../components/loaded.tsx'
import { Panel } from '../../components/panel.tsx'
import { labelWords, permissionLabel } from '../../components/role-difference/words.ts'
import { pathLabel } from '../../lib/fhir/labels.ts'
import { formatExact } from '../../lib/format.ts'
import { type Outputs, trpc } from '../../lib/trpc.ts'
import { type Composition, composedOf, LISTS } from './composed.ts'
import classes from './roles.module.css'

type Base = Outputs['roles']['get']

const PATIENTS = { care: 'patients in their care', self: 'themselves', all: 'every patient' } as const
const LABEL = { clear: 'clear', partly: 'in part', masked: 'masked', hidden: 'not at all' } as const

/** Everything that a composition says, a line each, so that two can be put beside each other. */
const linesOf = (composition: Composition): Map<string, string> => {
  const { permissions, labels, breakGlass } = composedOf(composition)
  return new Map<string, string>([
    ...permissions.map((text): [string, string] => {
      const [permission = '', rows] = text.split('|')
      return [
        permissionLabel(permission),
        rows === undefined ? 'yes' : PATIENTS[rows === 'care' || rows === 'self' ? rows : 'all'],
      ]
    }),
    ...LISTS.flatMap((list) =>
      composition[list].map((path): [string, string] => [
        path.startsWith('class:') ? `all ${path.slice(6)} fields` : pathLabel(path),
        LABEL[list],
      ]),
    ),
    ...labels.map((label): [string, string] => [`records labelled ${labelWords(label)}`, 'opened']),
    ...(breakGlass ? [['break-glass', 'yes'] as [string, string]] : []),
  ])
}

/** What somebody else has saved meanwhile, beside what is here: neither is lost. */
export const Theirs = ({
  name,
  mine,
  onGoOn,
}: {
  name: string
  mine: Composition
  onGoOn: (latest: number) => void
}) => {
  const answer = useQuery({ ...trpc.roles.get.queryOptions({ name }), staleTime: 0, gcTime: 0 })
  return (
    <Loaded answer={answer} height={200}>
      {(theirs: Base) => {
        const [here, there] = [linesOf(mine), linesOf(theirs.composition)]
        const other = [...new Set([...here.keys(), ...there.keys()])].filter(
          (key) => here.get(key) !== there.get(key),
        )
        const newest = theirs.versions[0]
        return (
          <Panel
            title={`Version ${theirs.latest} was saved by ${newest?.author.displayName ?? 'somebody else'}`}
          >
            <div role="alert">
              {newest === undefined ? null : `${formatExact(newest.createdAt)}: “${newest.reason}”. `}
              Yours is not saved yet. Where the two differ:
            </div>
            <div className={classes.scrolls}>
              <table className={classes.table}>
                <thead>
                  <tr>
                    <th scope="col">What</th>
                    <th scope="col">Theirs</th>
                    <th scope="col">Yours</th>
                  </tr>
                </thead>
                <tbody>
                  {other.map((key) => (
                    <tr key={key}>
                      <th scope="row">{key}</th>
                      <td>{there.get(key) ?? 'no'}</td>
                      <td>{here.get(key) ?? 'no'}</td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </div>
            <div className={classes.actions}>
              <Button variant="default" onClick={() => onGoOn(theirs.latest)}>
                Go on with mine, on top of theirs
              </Button>
            </div>
          </Panel>
        )
      }}
    </Loaded>
  )
}
