import { IconCircleCheck, IconCircleX } from '@tabler/icons-react'
import type { ProofStep } from '../../lib/audit/proof.ts'
import classes from './audit.module.css'

export const ProofSteps = ({ steps }: { steps: readonly ProofStep[] }) => (
  <ol className={classes.steps}>
    {steps.map(({ name, ok, said, hashes }) => {
      const Icon = ok ? IconCircleCheck : IconCircleX
      return (
        <li key={name} className={classes.step} data-ok={ok}>
          <Icon size={18} aria-label={ok ? 'Holds:' : 'Fails:'} />
          <div>
            <strong>{name}.</strong> {said}
            {hashes.length === 0 ? null : hashes.length === 1 ? (
              <code className={classes.hash}>{hashes[0]}</code>
            ) : (
              <details>
                <summary>The hashes</summary>
                {hashes.map((hash, index) => (
                  <code key={hash} className={classes.hash}>
                    {index === hashes.length - 1 ? 'root ' : ''}
                    {hash}
                  </code>
                ))}
              </details>
            )}
          </div>
        </li>
      )
    })}
  </ol>
)
