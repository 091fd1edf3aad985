import { ArrowUp, Folder, FolderPlus, House } from 'lucide-react';
import { useState } from 'react';
import type { FolderListing } from '../../shared/contract/workspace-calls.ts';
import { Badge } from './badge.tsx';
import { Banner } from './banner.tsx';
import { Button } from './button.tsx';
import { Checkbox } from './checkbox.tsx';
import { IconButton } from './icon-button.tsx';
import { TextField } from './text-field.tsx';
import './folder-picker.css';

interface FolderPickerProps {
  /** The folder in sight; null while the first one is read. */
  readonly listing: FolderListing | null;
  readonly problem: string | null;
  readonly showHidden: boolean;
  /** Goes to a folder; null goes home. */
  readonly onGo: (path: string | null) => void;
  readonly onShowHidden: (show: boolean) => void;
  /** Makes a folder in the one in sight; answers whether that worked. */
  readonly onCreate: (name: string) => Promise<boolean>;
}

/** Walks through the folders of the machine the studio runs on; the folder in sight is the chosen one. */
export function FolderPicker(props: FolderPickerProps) {
  const { listing, problem, showHidden, onGo, onShowHidden, onCreate } = props;
  return (
    <div className="folder-picker">
      <PathBar key={listing?.path} listing={listing} onGo={onGo} />
      {problem !== null && (
        <Banner tone="danger" inset>
          {problem}
        </Banner>
      )}
      <ul className="folder-picker-list" aria-label="Folders">
        {listing?.folders.map((folder) => (
          <li key={folder.path}>
            <button
              type="button"
              className="folder-row"
              onClick={() => {
                onGo(folder.path);
              }}
            >
              <Folder size={14} aria-hidden />
              <span className="folder-row-name">{folder.name}</span>
              {folder.isProject && <Badge tone="success">Django project</Badge>}
            </button>
          </li>
        ))}
        {listing?.folders.length === 0 && (
          <li className="folder-picker-note">There are no folders in here.</li>
        )}
      </ul>
      <div className="folder-picker-foot">
        <Checkbox label="Show hidden folders" checked={showHidden} onChange={onShowHidden} />
        <NewFolder disabled={listing?.writable !== true} onCreate={onCreate} />
      </div>
    </div>
  );
}

function PathBar({ listing, onGo }: Pick<FolderPickerProps, 'listing' | 'onGo'>) {
  const [path, setPath] = useState(listing?.path ?? '');
  const parent = listing?.parent ?? null;
  return (
    <form
      className="folder-picker-bar"
      onSubmit={(event) => {
        event.preventDefault();
        // The form stands in a dialog that may be part of another form.
        event.stopPropagation();
        onGo(path);
      }}
    >
      <IconButton
        icon={ArrowUp}
        label="Folder above"
        small={false}
        disabled={parent === null}
        onClick={() => {
          onGo(parent);
        }}
      />
      <IconButton
        icon={House}
        label="Home folder"
        small={false}
        onClick={() => {
          onGo(null);
        }}
      />
      <TextField code aria-label="Path" value={path} onChange={setPath} />
      <Button type="submit" disabled={path === '' || path === listing?.path}>
        Go
      </Button>
    </form>
  );
}

interface NewFolderProps {
  readonly disabled: boolean;
  readonly onCreate: (name: string) => Promise<boolean>;
}

function NewFolder({ disabled, onCreate }: NewFolderProps) {
  const [name, setName] = useState<string | null>(null);
  if (name === null) {
    return (
      <Button
        small
        kind="quiet"
        icon={FolderPlus}
        disabled={disabled}
        onClick={() => {
          setName('');
        }}
      >
        New folder
      </Button>
    );
  }
  const create = async (): Promise<void> => {
    if (await onCreate(name)) setName(null);
  };
  return (
    <form
      className="folder-picker-bar"
      onSubmit={(event) => {
        event.preventDefault();
        event.stopPropagation();
        void create();
      }}
    >
      <TextField
        autoFocus
        aria-label="Name of the new folder"
        placeholder="Name"
        value={name}
        onChange={setName}
      />
      <Button small type="submit" disabled={name.trim() === ''}>
        Create
      </Button>
    </form>
  );
}
