import { readFileSync } from 'node:fs'
import { openDatabase } from '@chartward/db'
const { job, s, owner } = JSON.parse(readFileSync('/tmp/bench-setup.json','utf8'))
const db = openDatabase({url: job.databaseUrl, connections: 1, name:'x'})
const o = openDatabase({url: owner, connections: 1, name:'x'})
const [u] = await o.sql`select user_id, token_hash from sessions`
const p = s.patientIds[500]
const ex = async (label:string, text:string, args:any[]) => {
  const name='q'+Math.floor(Math.random()*1e9)
  await db.sql.unsafe(`prepare ${name} as ${text}`)
  const lit=args.map(a=>a===null?'null':typeof a==='number'?a:`'${a}'`).join(',')
  for(let i=0;i<12;i++) await db.sql.unsafe(`execute ${name}${lit === "" ? "" : `(${lit})`}`)
  const t=performance.now(); for(let i=0;i<200;i++) await db.sql.unsafe(`execute ${name}${lit === "" ? "" : `(${lit})`}`)
  console.log('=====',label,((performance.now()-t)/200*1000|0)+'us')
  if(process.argv[2]) console.log((await db.sql.unsafe(`explain (analyze, buffers) execute ${name}${lit === "" ? "" : `(${lit})`}`)).map((r:any)=>Object.values(r)[0]).join('\n'))
}
await ex('noop','select 1',[])
const now=new Date().toISOString()
await ex('session',`select s.id, s.token_hash, s.user_id, s.stage, s.created_at, s.factor_at, s.idle_expires_at, s.expires_at, s.ip,
        s.user_agent, u.status, u.email, u.display_name, u.practitioner_id, u.patient_id,
        (select json_agg(json_build_array(a.id, a.role, a.starts_at, a.ends_at)) from role_assignments a
          where a.user_id = s.user_id and (a.ends_at is null or a.ends_at > $1)) as assignments
      from sessions s join users u on u.id = s.user_id
      where s.token_hash = $2 and s.ended_at is null`,[now,u.token_hash])
await ex('rel old',`select id, patient_id, kind, starts_at, ends_at
    from (
      select id, patient_id, kind, starts_at, trusted, case when practitioner_id is null then ends_at
        else ends_at + make_interval(days => $1) end as ends_at
      from care_relationships
      where ($2::uuid is null or patient_id = $2)
        and (user_id = $3 or practitioner_id = (select practitioner_id from users where id = $3))
    ) c
    where trusted and starts_at <= $4 and (ends_at is null or ends_at > $4)
    order by ends_at desc nulls first`,[365,p,u.user_id,now])
await ex('rel new',`select id, patient_id, kind, starts_at, ends_at
    from (
      select id, patient_id, kind, starts_at, trusted, case when practitioner_id is null then ends_at
        else ends_at + make_interval(days => $1) end as ends_at
      from care_relationships
      where patient_id = $2
        and (user_id = $3 or practitioner_id = (select practitioner_id from users where id = $3))
    ) c
    where trusted and starts_at <= $4 and (ends_at is null or ends_at > $4)
    order by ends_at desc nulls first`,[365,p,u.user_id,now])
await db.sql.unsafe(`set chartward.rows = '${p}'`)
await ex('record',`select r.patient_id, v.record_id, r.resource_type, v.version, v.authored_at, v.author, v.entry_id, v.digests,
  v.integrity_key_id, v.previous_mac, v.mac, v.identity,v.contact,v.clinical from records r
  join record_versions v on v.patient_id = r.patient_id and v.record_id = r.id and v.version = r.version where r.patient_id = $1 and r.id = $2`,[p,p])
await ex('plain','select content from plain_records where patient_id=$1 and id=$2',[p,p])
await db.close(); await o.close()
