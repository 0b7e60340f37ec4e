import { LinkButton } from '../../components/link-button.tsx'
import { Panel } from '../../components/panel.tsx'

/** The first thing to do for whoever works on claims. */
export const Claims = () => (
  <Panel
    title="Claims"
    aside={
      <LinkButton to="/claims" size="xs">
        Find a claim
      </LinkButton>
    }
  >
    <p>By claim number, payer, month of service or MRN; amounts and states narrow what that finds.</p>
  </Panel>
)
