import { Cpu } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { HostFootprint } from '../../../shared/contract/host-calls.ts';
import { attempt } from '../../stores/notices.ts';
import { useServer, useStudio } from '../../stores/studio-context.tsx';
import { byteSize } from '../../ui/byte-size.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { PlaceLink } from './place-link.tsx';
import './processes.css';

const READ_EVERY_MILLISECONDS = 2000;

const KINDS: Readonly<Record<HostFootprint['processes'][number]['kind'], string>> = {
  supervisor: 'Supervisor: holds the port and the requests',
  server: 'Server: answers for your site',
  boot: 'Starting: becomes the server when it is ready',
  leaving: 'Leaving: answers its last requests',
  checkpoint: 'Checkpoint: your project loaded up to a file',
  spare: 'Warm spare: Django and your packages loaded',
  job: 'Job: a command, a migration, or the tests',
};

/** What runs to keep the project warm, and what it costs. Asked for only while it is looked at. */
export function ProcessesPane() {
  const { server, notify } = useStudio();
  const generation = useServer((state) => state.status.generation);
  const [footprint, setFootprint] = useState<HostFootprint | null>(null);
  useEffect(() => {
    let gone = false;
    const read = (): void =>
      void attempt(notify, 'The processes could not be read', async () => {
        const now = await server.processes();
        if (!gone) setFootprint(now);
      });
    read();
    const timer = setInterval(read, READ_EVERY_MILLISECONDS);
    return () => {
      gone = true;
      clearInterval(timer);
    };
  }, [server, notify, generation]);
  if (footprint === null) return null;
  if (footprint.processes.length === 0) {
    return (
      <EmptyState icon={Cpu} title="Nothing runs">
        Once the server was started, this shows what keeps your project warm, with its memory and threads.
      </EmptyState>
    );
  }
  return <Footprint footprint={footprint} />;
}

function Footprint({ footprint }: { readonly footprint: HostFootprint }) {
  const { processes, preloaded, checkpoints } = footprint;
  const total = processes.reduce((sum, { kilobytes }) => sum + (kilobytes ?? 0), 0);
  return (
    <div className="processes">
      <table aria-label="Processes">
        <thead>
          <tr>
            <th scope="col">Process</th>
            <th scope="col">Pid</th>
            <th scope="col">Threads</th>
            <th scope="col">Memory</th>
          </tr>
        </thead>
        <tbody>
          {processes.map(({ kind, pid, kilobytes, threads }) => (
            <tr key={pid}>
              <th scope="row">{KINDS[kind]}</th>
              <td>{pid}</td>
              <td>{threads ?? '–'}</td>
              <td>{kilobytes === null ? '–' : byteSize(kilobytes * 1024)}</td>
            </tr>
          ))}
        </tbody>
        {total > 0 && (
          <tfoot>
            <tr>
              <th scope="row" colSpan={3}>
                All of them; what they share counts once
              </th>
              <td>{byteSize(total * 1024)}</td>
            </tr>
          </tfoot>
        )}
      </table>
      <h3>Loaded ahead of the next save</h3>
      <ul className="processes-packages" aria-label="Preloaded packages">
        {preloaded.map(({ package: name, modules }) => (
          <li key={name}>
            <code>{name}</code> {modules === 1 ? '1 module' : `${modules} modules`}
          </li>
        ))}
      </ul>
      {checkpoints.length > 0 && (
        <>
          <h3>The project stands ready before</h3>
          <ul aria-label="Checkpoints">
            {checkpoints.map((file) => (
              <li key={file}>
                <PlaceLink file={file} line={null} />
              </li>
            ))}
          </ul>
        </>
      )}
    </div>
  );
}
