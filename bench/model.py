"""The reference model for the peers: the equations of bench/reference.crux, in the same order.

PRE runs once a future, STEP once a quarter. A state variable X has a start value in STATE; its value one quarter earlier is
X_p. `tt` is the number of the quarter. tests/unit/test_reference_model.c holds the Crux file against the C made from this."""
import ast

STEPS = 24

# name, law, its two parameters
INPUTS = [
    ("d0", "LOGNORMAL", 0.10, 1.2460767305873808),
    ("kd", "UNIFORM", 0.10, 0.40),
    ("gw", "NORMAL", 0.06, 0.012),
    ("ghbm", "NORMAL", 0.08, 0.015),
    ("hby", "UNIFORM", 0.55, 0.85),
    ("gperf", "NORMAL", 0.08, 0.012),
    ("life", "UNIFORM", 12.0, 28.0),
    ("pwr", "LOGNORMAL", 1.2, 1.1274968515793757),
    ("leak", "UNIFORM", 0.005, 0.10),
    ("cd0", "LOGNORMAL", 0.55, 1.2460767305873808),
    ("cgw", "NORMAL", 0.07, 0.02),
    ("elas", "UNIFORM", 0.15, 0.45),
]

COLUMNS = "bloc area perf0 ws0 wcap pk0 stacks wprice markup stock0 growth defects dmult kperf".split()
VENDORS = {
    "amber": ("us", 8.14, 1.00, 30.0, 220.0, 900.0, 6.0, 17.0, 2.2, 3000.0, "gw", "d0", 1.00, 1.00),
    "birch": ("us", 7.50, 0.90, 14.0, 120.0, 420.0, 8.0, 16.0, 1.3, 700.0, "gw", "d0", 1.10, 0.95),
    "cedar": ("us", 6.20, 0.55, 18.0, 150.0, 800.0, 4.0, 15.0, 0.9, 1800.0, "gw", "d0", 0.90, 0.90),
    "elm": ("cn", 6.60, 0.40, 10.0, 140.0, 380.0, 4.0, 14.0, 0.8, 500.0, "cgw", "cd0", 1.00, 0.80),
    "fir": ("cn", 5.10, 0.22, 6.0, 90.0, 260.0, 2.0, 12.0, 0.6, 200.0, "cgw", "cd0", 1.25, 0.75),
}

PRE_TEXT = """
decay = exp(-1.0/life)
lossr = 1.0 - decay
"""

STATE_TEXT = """
hbb_us = 5600.0
hbb_cn = 900.0
cumh = 9000.0
lk = 40.0
grid_us = 12000.0
grid_cn = 9000.0
cums_us = 0.0
cums_cn = 0.0
above = 0.0
peak = 0.0
chk = 0.0
"""
VENDOR_STATE = """
ws_{v} = {ws0}
cumw_{v} = {ws4}
pk_{v} = {pk0}
stock_{v} = {stock0}
kw_{v} = {stock0}*pwr
"""

MEMORY = """
hsat = max(0.05, 1.0 - hbb_us_p/90000.0)
hbb_us = hbb_us_p*(1.0 + ghbm*hsat)
hbb_cn = hbb_cn_p*(1.0 + 0.7*ghbm)
hs_us = hbb_us*hby
hs_cn = hbb_cn*(hby*0.6) + 0.02*leak*hs_us
cumh = cumh_p + hs_us + hs_cn
hprice = 0.35*pow(cumh/9000.0, -0.6*elas)
"""
DIES = """
sat_{v} = max(0.02, 1.0 - ws_{v}_p/{wcap})
ws_{v} = ws_{v}_p*(1.0 + {growth}*sat_{v})
cumw_{v} = cumw_{v}_p + ws_{v}
dd_{v} = 0.02 + ({defects}*{dmult} - 0.02)*pow(cumw_{v}/{ws4}, -kd)
area_{v} = min(8.2, {area}*(1.0 + 0.004*tt))
ad_{v} = area_{v}*dd_{v}
mu_{v} = (1.0 - exp(-ad_{v}))/ad_{v}
y_{v} = mu_{v}*mu_{v}
dpw_{v} = 706.858/area_{v} - 94.248/sqrt(2.0*area_{v})
gdw_{v} = dpw_{v}*y_{v}
gd_{v} = ws_{v}*gdw_{v}
pk_{v} = pk_{v}_p*(1.0 + 0.075*max(0.1, 1.0 - pk_{v}_p/{pk14}))
pd_{v} = min(gd_{v}, pk_{v})
hn_{v} = pd_{v}*{stacks}
"""
PACKAGES = """
hneed_{b} = {sum:hn}
scar_{b} = hneed_{b}/hs_{b}
fill_{b} = min(1.0, 1.0/scar_{b})
prem_{b} = pow(max(0.25, scar_{b}), elas)
"""
CHIPS = """
ch_{v} = pd_{v}*fill_{bloc}
perf_{v} = {perf0}*exp({kperf}*gperf*tt)
comp_{v} = ch_{v}*perf_{v}
ret_{v} = stock_{v}_p*lossr
stock_{v} = stock_{v}_p - ret_{v} + comp_{v}
cost_{v} = {wprice}/gdw_{v} + {stacks}*hprice + 0.6
price_{v} = cost_{v}*(1.0 + {markup}*prem_{bloc})
spend_{v} = ch_{v}*price_{v}
eff_{v} = pwr*pow(perf_{v}/{perf0}, -0.55)
kw_{v} = kw_{v}_p*decay + comp_{v}*eff_{v}
upc_{v} = spend_{v}/comp_{v}
"""
BLOCS = """
comp_{b} = {sum:comp}
spend_{b} = {sum:spend}
kw_{b} = {sum:kw}
raw_{b} = {sum:stock}
cums_{b} = cums_{b}_p + spend_{b}
hhi_{b} = {squares}
"""
WORLD = """
lk = lk_p*decay + leak*comp_us
net_us = raw_us*(1.0 - leak)
net_cn = raw_cn + lk
kwn_cn = kw_cn + lk*pwr*0.8
grid_us = grid_us_p*1.045 + 0.02*spend_us
grid_cn = grid_cn_p*1.060 + 0.03*spend_cn
on_us = min(1.0, grid_us/(1.25*kw_us))
on_cn = min(1.0, grid_cn/(1.30*kwn_cn))
eff_us = net_us*on_us
eff_cn = net_cn*on_cn
gap = eff_us/eff_cn
lgap = log(gap)
train_us = 0.3*eff_us*pow(eff_us/3000.0, 0.12)
train_cn = 0.3*eff_cn*pow(eff_cn/700.0, 0.12)
tgap = log(train_us/train_cn)
share_us = eff_us/(eff_us + eff_cn)
usd_us = cums_us/eff_us
usd_cn = cums_cn/eff_cn
pwgap = log(kw_us/kwn_cn)
above = above_p + (gap > 8.0)
peak = max(peak_p, lgap)
chk = chk_p + (upc_amber + upc_birch + upc_cedar + upc_elm + upc_fir + tgap + share_us + hhi_us + hhi_cn + usd_us + usd_cn + pwgap)
"""

# In the order of the claims of reference.crux.
OUTPUTS = ["gap", "y_elm", "tgap", "above", "usd_us", "share_us", "peak", "chk"]


def for_vendors(text):
    parts = []
    for v, row in VENDORS.items():
        names = dict(zip(COLUMNS, row), v=v)
        names.update(ws4=names["ws0"] * 4, pk14=names["pk0"] * 14)
        parts.append(text.format(**names))
    return "".join(parts)


def for_blocs(text):
    parts = []
    for b in ("us", "cn"):
        members = [v for v in VENDORS if VENDORS[v][0] == b]
        part = text.replace("{b}", b)
        for name in ("hn", "comp", "spend", "kw", "stock"):
            part = part.replace("{sum:%s}" % name, " + ".join("%s_%s" % (name, v) for v in members))
        part = part.replace("{squares}", " + ".join("(comp_%s/comp_%s)*(comp_%s/comp_%s)" % (v, b, v, b) for v in members))
        parts.append(part)
    return "".join(parts)


def equations(text):
    lines = [line.split(" = ", 1) for line in text.splitlines() if line]
    return [(name, ast.parse(expression, mode="eval").body) for name, expression in lines]


PRE = equations(PRE_TEXT)
STATE = equations(STATE_TEXT + for_vendors(VENDOR_STATE))
STEP = equations(MEMORY + for_vendors(DIES) + for_blocs(PACKAGES) + for_vendors(CHIPS) + for_blocs(BLOCS) + WORLD)

if __name__ == "__main__":
    print(len(INPUTS), "inputs,", len(STEP), "equations a step,", len(STATE), "state variables,", STEPS, "steps")
