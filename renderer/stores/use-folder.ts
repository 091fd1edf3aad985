import { useCallback, useEffect, useRef, useState } from 'react';
import type { FolderListing } from '../../shared/contract/workspace-calls.ts';
import { failureOf } from './notices.ts';
import { useStudio } from './studio-context.tsx';

/** A walk through the folders of the machine the studio runs on. */
export interface FolderWalk {
  readonly listing: FolderListing | null;
  readonly problem: string | null;
  readonly showHidden: boolean;
  readonly go: (path: string | null) => void;
  readonly setShowHidden: (show: boolean) => void;
  /** Makes a folder in the one in sight and goes there. */
  readonly create: (name: string) => Promise<boolean>;
}

/** Lists folders, starting at one of them; null starts at the user's home. */
export function useFolder(start: string | null): FolderWalk {
  const { api } = useStudio();
  const [listing, setListing] = useState<FolderListing | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [wanted, setWanted] = useState({ path: start, showHidden: false });
  const latest = useRef(0);

  useEffect(() => {
    const mine = (latest.current += 1);
    api
      .call('workspace.listFolder', wanted)
      .then((found) => {
        if (mine !== latest.current) return;
        setListing(found);
        setProblem(null);
      })
      .catch((error: unknown) => {
        if (mine === latest.current) setProblem(failureOf(error).message);
      });
  }, [api, wanted]);

  const go = useCallback((path: string | null) => {
    setWanted((before) => ({ ...before, path }));
  }, []);
  return {
    listing,
    problem,
    showHidden: wanted.showHidden,
    go,
    setShowHidden: (showHidden) => {
      setWanted((before) => ({ path: listing?.path ?? before.path, showHidden }));
    },
    create: async (name) => {
      if (listing === null) return false;
      try {
        go(await api.call('workspace.createFolder', { parent: listing.path, name }));
        return true;
      } catch (error) {
        setProblem(failureOf(error).message);
        return false;
      }
    },
  };
}
