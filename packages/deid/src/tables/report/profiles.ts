import type { Profile } from '../format/plan.ts'
import type { ReportProfile, TableRelease } from '../format/risk-report.ts'

const WORDS: Readonly<Record<Profile, Omit<ReportProfile, 'profile' | 'basis'>>> = {
  'safe-harbor': {
    name: 'Safe Harbor',
    citation: '45 CFR 164.514(b)(2)',
    meaning:
      'The eighteen categories of identifiers of (b)(2)(i) are removed or made as coarse as it allows.',
  },
  'expert-determination': {
    name: 'Expert determination',
    citation: '45 CFR 164.514(b)(1)',
    meaning:
      'A person with the knowledge to judge it determined that the risk of identifying anybody is very small, and documented how.',
  },
  'limited-data-set': {
    name: 'Limited data set',
    citation: '45 CFR 164.514(e)',
    meaning:
      'The sixteen direct identifiers are removed. It is still protected health information, given under a data use agreement.',
  },
}

const basisOf = ({ profile, plan }: TableRelease): ReportProfile['basis'] => {
  const { expert, dataUseAgreement } = plan
  if (profile === 'expert-determination' && expert !== undefined)
    return [
      { name: 'Determined by', value: expert.name },
      { name: 'Determined on', value: expert.date },
    ]
  if (profile === 'limited-data-set' && dataUseAgreement !== undefined)
    return [
      { name: 'Recipient', value: dataUseAgreement.recipient },
      { name: 'Purpose', value: dataUseAgreement.purpose },
      { name: 'Agreement ends', value: dataUseAgreement.ends },
    ]
  return []
}

/** The profile of a release, what it means, and what it stands on. */
export const profileOf = (release: TableRelease): ReportProfile => ({
  profile: release.profile,
  ...WORDS[release.profile],
  basis: basisOf(release),
})
