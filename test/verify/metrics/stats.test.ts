import { describe, expect, it } from 'vitest';
import { statusOf } from '../../../src/verify/case-line.js';
import { stats } from '../../../src/verify/metrics/stats.js';
import { changedLine, linesOf, unfilled } from '../../helpers/verify-family.js';

describe('the family stats', () => {
  it('passes every case', async () => {
    const lines = await linesOf(stats, 'stats');
    expect(unfilled(lines)).toEqual([]);
    expect(lines.filter((line) => statusOf(line) === 'passed').length).toBe(lines.length);
  }, 60_000);

  it.each([
    ['sign-179-200', ['expected', 'two_sided'], 1.9469658e-32, /^two_sided is /],
    ['binom-179-200-a0.05', ['expected', 'clopper_pearson', 1], 0.93, /^clopper_pearson.1 is /],
    ['signn-p0.55-a0.05-pow0.8', ['expected', 'first_n_reaching_power'], 783, /^first_n_reaching_power is 786/],
    ['holm-6', ['expected', 'reject', 1], true, /^reject.1 is 0/],
    ['wilcoxon-12-ties', ['expected', 'zsplit-approx-cc', 'p'], 0.22, /^zsplit-approx-cc.p is /],
    ['friedman-12x4', ['expected', 'mean_ranks', 0], 2.1, /^mean_ranks.0 is 2/],
    ['corr-8', ['expected', 'weightedtau'], 0.012, /^weightedtau is /],
    ['boot-iid-30-200', ['expected', 'bca_95_mean', 'z0'], 0.075, /^bca.z0 is /],
    ['boot-cluster-8-60', ['expected', 'share_diff_le_0'], 0.13, /^share_diff_le_0 is 0.128/],
    ['mcnemar', ['expected', 'p'], 0.0636, /^p is /],
    ['bt-4', ['expected', 'theta_mean0', 0], 0.7, /^theta_mean0.0 is /],
    ['bt-6', ['expected', 'cov_theta_mean0', 1, 0], 0.1, /^cov_theta_mean0.6 is /],
    ['bt-deg-unbeaten', ['outcome'], 'value', /\{0\}, \{1, 2\}/],
    ['davidson-4-600', ['expected', 'with_order', 'order_first'], 0.3, /^order_first is /],
    ['davidson-no-ties', ['outcome'], 'value', /no ties/],
    ['corr-constant', ['outcome'], 'value', /constant/],
    ['holm-nan', ['outcome'], 'value', /p-value 1/],
  ] as const)('fails %s when %j is another one', async (id, path, value, broken) => {
    expect(await changedLine(stats, { family: 'stats', id, path, value })).toMatch(broken);
  });

  it('draws by the seeds of the case', async () => {
    const path = ['input', 'indices', 'seed'];
    const changed = await changedLine(stats, { family: 'stats', id: 'boot-iid-30-200', path, value: 1 });
    expect(changed).toMatch(/^se_ddof1 is /);
  });
});
