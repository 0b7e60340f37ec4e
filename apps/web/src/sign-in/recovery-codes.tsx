import { Button, Checkbox, CopyButton, Group } from '@mantine/core'
import { useState } from 'react'
import classes from './sign-in.module.css'
import { StepHeading } from './step-heading.tsx'

/** Shown once: only hashes are kept. Going on needs the person to say that the codes are put away. */
export const RecoveryCodes = ({ codes, onDone }: { codes: readonly string[]; onDone: () => void }) => {
  const [kept, setKept] = useState(false)
  return (
    <div className={classes.step}>
      <StepHeading title="Keep your recovery codes">
        Each works once, if you lose your authenticator. They are shown only now.
      </StepHeading>
      <ul className={classes.codes} aria-label="Recovery codes">
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ul>
      <Group gap="xs">
        <CopyButton value={codes.join('\n')}>
          {({ copied, copy }) => (
            <Button variant="default" size="xs" onClick={copy}>
              {copied ? 'Copied' : 'Copy all'}
            </Button>
          )}
        </CopyButton>
        <Button variant="default" size="xs" onClick={() => window.print()}>
          Print
        </Button>
      </Group>
      <Checkbox
        label="I have put them in a safe place"
        checked={kept}
        onChange={(event) => setKept(event.currentTarget.checked)}
      />
      <Button onClick={onDone} disabled={!kept}>
        Go to Chartward
      </Button>
    </div>
  )
}
