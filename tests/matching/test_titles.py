import pytest

from rlhf_linkcheck.matching.titles import fold


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Deep RL from Human Preferences", "DEEP RL FROM HUMAN PREFERENCES"),
        ("Pre-trained models", "Pretrained  Models"),
        ("Pre-trained models", "pre trained\nmodels"),
        ("Is RLHF Enough?", "Is RLHF enough"),
        ("Reward hacking.", "Reward Hacking"),
        ("A – B — C", "A-B-C"),
        ("“Quoted” ‘titles’", "\"Quoted\" 'titles'"),
        ("Don’t", "Don't"),
        ("RLHF: a survey", "RLHF - A Survey"),
        ("Q&amp;A", "Q&A"),
        ("Helpful &amp; Harmless", "Helpful and harmless"),
        ("Caf&eacute; &lt;3", "cafe 3"),
        ("Gallé, Üstün, Kıcıman", "Galle, Ustun, Kiciman"),
        ("Straße, Søren, Łukasz, Đorđe", "Strasse, Soren, Lukasz, Dorde"),
        ("Æsir, œuvre, þorn", "AEsir, oeuvre, thorn"),
        ("eﬃcient ﬁne-tuning", "efficient fine-tuning"),
        ("x² ＲＬＨＦ", "x2 RLHF"),
        ("İstanbul", "istanbul"),
        ("Q♯", "Q#"),
        ("PaLM + RLHF - Pytorch", "PaLM RLHF PyTorch"),
        ("100 % safe", "100% safe"),
        ("基于人类反馈的强化学习。", "基于人类反馈的强化学习"),
        ("基于 RLHF 的（对齐）", "基于RLHF的(对齐)"),
        ("ﾃﾞｰﾀ", "データ"),
        ("Ещё об обуче́нии", "Еще об обучении"),
        ("الـتـعـلم", "التعلم"),
        ("Μάθηση ενισχυτική", "ΜΑΘΗΣΗ ΕΝΙΣΧΥΤΙΚΗ"),
        ("Q&amp;amp;A", "Q&A"),
        ("Pandora&apos;s &#x3b1;&ouml;", "Pandora’s αö"),
        ("VQ-V AE", "VQ-VAE"),
        ("Learning to\n  Fold", "Learning to Fold"),
        ("RL\u00adHF \u200bworks\ufeff", "RLHF works"),
        ("Hawai\u02bbi Don\u02bct", "Hawai'i Don't"),
        ("GPT™ and ChatGPT®", "GPT and ChatGPT"),
        # Greek and mathematics
        ("π₀", r"$\pi_0$"),
        ("π₀", "pi_0"),
        ("π₀: A Flow", "Pi0: a flow"),
        ("𝜋₀", "π0"),
        ("β-DPO", r"$\beta$-DPO"),
        ("β-DPO", "beta-DPO"),
        ("τ²-bench", r"$\tau^2$-Bench"),
        ("τ²-bench", "tau2-bench"),
        ("Σ, σ, ς", "sigma, Sigma, sigma"),
        ("ϵ, ϑ, ϕ, µ, ∆", "ε, θ, φ, μ, Δ"),
        ("∞-former", r"$\infty$-Former"),
        ("n ≥ 3", r"$n \geq 3$"),
        ("n ≥ 3", "n >= 3"),
        ("n ≤ 3", r"$n\le 3$"),
        ("2 × 2", "2x2"),
        ("2 × 2", r"$2\times 2$"),
        ("𝒟-optimal 𝛼", r"$\mathcal{D}$-optimal $\alpha$"),
        ("ℓ₁-norm", r"$\ell_1$ norm"),
        # LaTeX
        (r"100% of $\alpha$-DPO", "100% of α-DPO"),
        (r"100\% of $\alpha$-DPO", "100 % of α-DPO"),
        (r"Gr\"obner, Gr{\"o}bner, Gr\"{o}bner, {Gr{\"o}bner}", "Gröbner, Gröbner, Gröbner, Gröbner"),
        (r"Erd\H{o}s--R\'{e}nyi, Erd{\H o}s", "Erdős–Rényi, Erdős"),
        (r"na{\"\i}ve, S{\o}ren, \L{}ukasz, \O re", "naïve, Søren, Łukasz, Øre"),
        (r"{BERT}: {P}re-training of {D}eep", "BERT: Pre-training of Deep"),
        (r"\textsc{Seq}\textsuperscript{3} \emph{of} {\bf 3D}", "SEQ3 of 3D"),
        (r"\texorpdfstring{$\mu_1$}{mu1}-cycle", "μ1-cycle"),
        (r"\href{https://example.com/{a}}{RLHF}", "RLHF"),
        (r"\\beta-DPO", "β-DPO"),
        (r"A Title\thanks{Supported by X}", "A Title"),
        (r"A$^\star$ Search $\to$ Maps", "A* Search → Maps"),
        (r"R\&D~of ``Agents''", "R&D of “Agents”"),
        (r"$\mathcal D$ in $O(\log n)$", "D in O(log n)"),
        (r"\ours: A \LaTeX\ \quad Title", "Ours: A LaTeX Title"),
        # tags
        ("A <i>Deep</i> H<sub>2</sub>O", "A Deep H2O"),
        ("A <jats:italic>Deep</jats:italic> <scp>Title</scp>", "A Deep Title"),
        ("<![CDATA[A Deep<br/>Title]]>", "A Deep Title"),
        ("&lt;i&gt;In Vivo&lt;/i&gt; cartilage &amp;amp; bone", "In vivo cartilage & bone"),
        ('<fixed-case>O</fixed-case>cto<span class="nocase">Tools</span>', "OctoTools"),
        (
            '<mml:math display="a"><mml:msub><mml:mi>π</mml:mi><mml:mn>0</mml:mn></mml:msub></mml:math>',
            "π0",
        ),
        (
            (
                '<inline-formula><tex-math notation="LaTeX">$\\mathbf{A^{3}}$</tex-math><alternatives><mml:math>'
                '<mml:mi>A</mml:mi></mml:math><inline-graphic xlink:href="a.gif"/></alternatives></inline-formula>: Why'
            ),
            "A3: Why",
        ),
        ('<math><mi>β</mi><annotation encoding="application/x-tex">\\beta</annotation></math>', "β"),
        # notices
        ("RETRACTED: Of Cheetahs", "Of Cheetahs"),
        ("RETRACTED ARTICLE: Of Cheetahs", "Of Cheetahs"),
        ("WITHDRAWN: Of Cheetahs", "Of Cheetahs"),
        ("[Retracted] Of Cheetahs", "Of Cheetahs"),
        ("Of Cheetahs (Retracted article. See vol. 37, pg. 9451, 2013)", "Of Cheetahs"),
    ],
)
def test_one_title_however_it_is_set(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Attention Is All You Need", "Attention Is All You Want"),
        ("Off-diagonal book Ramsey numbers", "Off-diagonal Ramsey numbers"),
        ("C++", "C#"),
        ("C++", "C"),
        ("C#", "C"),
        ("REINFORCE++", "REINFORCE"),
        ("GPT-4+", "GPT-4"),
        ("100% of it", "100 of it"),
        ("GPT-3", "GPT-4"),
        ("强化学习", "监督学习"),
        ("がくしゅう", "かくしゅう"),
        ("कि", "का"),
        ("???", "!!!"),
        ("α-DPO", "a-DPO"),
        ("α-DPO", "β-DPO"),
        ("x²", "x³"),
        ("n ≥ 3", "n ≤ 3"),
        ("мой", "мои"),
        ("ґ", "г"),
        ("$5 and $6", "$5 and $7"),
        (r"5% of A", r"5% of B"),
        ("a < b > c", "a < c"),
        ("A <think>Deep</think> Title", "A Deep Title"),
        ("Of Cheetahs (extended abstract)", "Of Cheetahs"),
        ("Retraction: Of Cheetahs", "Of Cheetahs"),
        ("Retracted Papers", "Papers"),
        (r"\ours: Why", r"\theirs: Why"),
        ("<annotation> one", "<annotation> two"),
    ],
)
def test_two_titles_that_differ_in_a_word_stay_two(one: str, other: str) -> None:
    assert fold(one) != fold(other)


def test_a_number_of_many_digits_is_read_as_it_stands() -> None:
    assert fold("&#" + "9" * 5_000 + ";") == "and" + "9" * 5_000


@pytest.mark.parametrize("title", ["RETRACTED:", "<i></i>", "{}", "$$", r"\\", "[Retracted]"])
def test_a_title_of_nothing_but_print_keeps_it(title: str) -> None:
    assert fold(title)


@pytest.mark.parametrize("title", ["强化学习", "???", "…", "λ", "🤗", "\u0301", "«»"])
def test_only_an_empty_title_folds_to_nothing(title: str) -> None:
    assert fold(title)


@pytest.mark.parametrize("title", ["", "  \n", "&nbsp;"])
def test_an_empty_title_folds_to_nothing(title: str) -> None:
    assert fold(title) == ""
