import { withTrust, type Command } from './command.ts';

/** Writes the migrations that are planned; what is still asked is answered in the view first. */
const makeMigrations: Command = {
  id: 'migrations.make',
  enabled: withTrust,
  run: async ({ migrations, notify, shell }) => {
    shell.show('migrations');
    await migrations.look();
    const { plan, failure } = migrations.state.getState();
    if (plan === null) {
      notify({ kind: 'problem', title: 'The migrations were not made', description: failure?.message });
    } else if (plan.questions.length > 0) {
      notify({ kind: 'info', title: 'There are questions to answer first' });
    } else if (plan.migrations.length === 0) {
      notify({
        kind: 'info',
        title: 'Models and migrations agree',
        description: 'There is nothing to make.',
      });
    } else {
      const written = await migrations.make();
      notify({ kind: 'done', title: written === 1 ? 'Made 1 migration' : `Made ${written} migrations` });
    }
  },
};

/** Brings the database up to date. */
const applyMigrations: Command = {
  id: 'migrations.apply',
  enabled: (studio) => withTrust(studio) && studio.migrations.state.getState().busy === null,
  run: async ({ migrations, notify, shell }) => {
    shell.show('migrations');
    await migrations.apply();
    notify({ kind: 'done', title: 'The database is up to date' });
  },
};

/** What is done with migrations by name. */
export const migrationCommands: readonly Command[] = [makeMigrations, applyMigrations];
