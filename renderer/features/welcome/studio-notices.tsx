import { useState } from 'react';
import { useWorkspace } from '../../stores/studio-context.tsx';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';

const NONE: readonly string[] = [];

/** What is wrong with the studio's own files, in the words of the main process, until it was read. */
export function StudioNotices() {
  const notices = useWorkspace((state) => state.info?.notices ?? NONE);
  const [read, setRead] = useState<ReadonlySet<string>>(new Set());
  return notices
    .filter((notice) => !read.has(notice))
    .map((notice) => (
      <Banner
        key={notice}
        tone="warning"
        actions={
          <Button
            small
            onClick={() => {
              setRead((before) => new Set([...before, notice]));
            }}
          >
            Understood
          </Button>
        }
      >
        {notice}
      </Banner>
    ));
}
