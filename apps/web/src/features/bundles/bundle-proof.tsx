import { toHex, type VerifiedBundle } from '@chartward/audit'
import { Facts } from '../../components/facts.tsx'
import { Notice } from '../../components/notice.tsx'
import { Panel } from '../../components/panel.tsx'
import { ShortId } from '../../components/short-id.tsx'
import { When } from '../../components/when.tsx'
import { countOf, formatBytes, formatCount, shortHash } from '../../lib/format.ts'
import classes from './bundles.module.css'
import { KINDS } from './words.ts'

/** What a bundle proves: of what it is, since when, by which key, and which entries of the log say so. */
export const BundleProof = ({
  bundle,
  checkedWith,
  ownKey,
}: {
  bundle: VerifiedBundle
  /** What is pinned of the log’s keys: by the reader, or as the server names it. */
  checkedWith: string
  ownKey: boolean
}) => {
  const { manifest, checkpoint, bundleKey, enrolled, signed, entries, logKeys, manifestHash } = bundle
  const { kind, subject, createdAt, origin, files } = manifest
  return (
    <>
      <Notice tone="good" title="This bundle holds: its files are what was signed, and the log says so">
        {ownKey ? (
          <p>
            It was checked with the key that this console’s server names. Compare that key with the one that
            you have kept.
          </p>
        ) : null}
      </Notice>
      <Panel title={KINDS[kind]}>
        <Facts
          columns={2}
          items={[
            ['About', `${subject.type} ${subject.id}`],
            ['Signed', <When key="t" at={createdAt} />],
            ['Log', origin],
            [
              'Checked with',
              <ShortId key="c" id={checkedWith} of="verifier key" text={shortHash(checkedWith)} />,
            ],
            ['Its size then', countOf(checkpoint.size, 'entry', 'entries')],
            ['Signed with', <ShortId key="k" id={bundleKey} of="bundle key" text={shortHash(bundleKey)} />],
            ['The key is known since', <When key="e" at={enrolled.entry.at} />],
            ['Entry that enrolled it', `Leaf ${formatCount(enrolled.index)}`],
            ['Entry about this bundle', `Leaf ${formatCount(signed.index)}`],
            ['Manifest', <ShortId key="m" id={manifestHash} of="SHA-256" text={shortHash(manifestHash)} />],
            [
              'The log’s keys',
              logKeys.all.length === 1 ? 'The one given' : `Handed over ${logKeys.all.length - 1} times`,
            ],
          ]}
        />
      </Panel>
      <Panel title={countOf(files.length, 'file')}>
        <ul className={classes.list}>
          {files.map(({ name, size, sha256 }) => (
            <li key={name}>
              <code>{name}</code>, {formatBytes(size)},{' '}
              <ShortId id={toHex(sha256)} of="SHA-256" text={shortHash(toHex(sha256))} />
            </li>
          ))}
        </ul>
      </Panel>
      <Panel title={`About ${countOf(entries.length, 'entry of the log', 'entries of the log')}`}>
        {entries.length === 0 ? <p className={classes.quiet}>It names none.</p> : null}
        <ul className={classes.list}>
          {entries.map(({ index, entry }) => (
            <li key={index}>
              Leaf {formatCount(index)}: <code>{entry.action}</code>, {entry.outcome}, <When at={entry.at} />
            </li>
          ))}
        </ul>
      </Panel>
    </>
  )
}
